"""With which amounts a version begins."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

LOWEST, HIGHEST = Decimal(-99), Decimal(900)


class StartForm(forms.Form):
    """How much higher or lower the amounts are than those of the lines that are copied."""

    percent = forms.DecimalField(
        label=_("Change amounts by percent"),
        max_digits=5,
        decimal_places=2,
        min_value=LOWEST,
        max_value=HIGHEST,
        initial=Decimal(0),
        help_text=_("Like 3.5, or -10. Each line is rounded once; lines that were changed say what they were."),
    )
