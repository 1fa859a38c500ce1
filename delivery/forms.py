"""The shape of what people send here."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """What becomes of a message of which nobody knows whether it went out."""

    decision = forms.ChoiceField(
        label=_("What shall happen"),
        widget=forms.RadioSelect,
        choices=[
            ("leave", _("Leave it: it probably arrived")),
            ("send_again", _("Send it again: the reader may get it twice")),
        ],
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)
