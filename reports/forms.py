"""Forms of statements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField


class ReceiptStartForm(forms.Form):
    """From when on receipts are given here."""

    on = DayField(
        label=_("First day that is receipted here"),
        widget=DateInput(),
        help_text=_("Gifts before this day were receipted by the system you used before, and never are again."),
    )
