"""The look on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import SizedFile
from core.pictures import MAX_BYTES


class AccentForm(forms.Form):
    """One color."""

    accent = forms.CharField(
        label=_("Color of rules and headings"),
        max_length=7,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "placeholder": "#0e5a5e"}),
        help_text=_(
            "As your style guide writes it: # and six digits, such as #1b4d8f. Leave it empty for the dark teal of "
            "Yokefellow."
        ),
    )


class LogoForm(forms.Form):
    """A logo."""

    file = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        widget=SizedFile(MAX_BYTES, {"accept": "image/png,image/jpeg"}),
        help_text=_(
            "PNG or JPEG for a light ground, at most 2 MB; 900 pixels wide is enough. Its empty margin is cut off, and "
            "where and with what it was made is not kept."
        ),
    )

    def content(self) -> bytes:
        """The bytes that were sent, one more than is taken where there are more."""
        upload: Any = self.cleaned_data["file"]
        return bytes(upload.read(MAX_BYTES + 1))
