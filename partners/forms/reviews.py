"""Settling what was held for a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import capitalized
from partners.models import ReviewItem


class ReviewFilter(forms.Form):
    """By reason; the open ones or the settled ones."""

    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=capitalized([("", _("Any")), *ReviewItem.Reason.choices])
    )
    settled = forms.BooleanField(label=_("Settled ones"), required=False)


class SettleForm(forms.Form):
    """What was found out and decided."""

    outcome = forms.CharField(
        label=_("Outcome"), max_length=250, help_text=_("What you found out and decided. It is kept with your name.")
    )
