"""What a person may say about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    """Name and theme."""

    class Meta:
        model = User
        fields = ("name", "theme")
        labels = {"name": _("Your name"), "theme": _("Colors")}
        help_texts = {"name": _("As the people you work with write it.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"}), "theme": forms.RadioSelect}
