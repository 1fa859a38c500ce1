"""What an agency says about itself."""

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from agencies import regions
from agencies.models import Agency
from agencies.operations.agency import SETTINGS
from core.forms import DateInput
from core.opened import RemembersOpening


class SettingsForm(RemembersOpening, forms.ModelForm[Agency]):
    """The settings. The operation decides and writes; this form only asks, and shows why the base currency stands."""

    country = forms.ChoiceField(label=_("Country"), choices=regions.countries)
    locale = forms.ChoiceField(
        label=_("Figures and dates"),
        choices=regions.locales,
        help_text=_("How amounts and dates are written in letters and receipts."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=regions.time_zones,
        help_text=_("Decides where a day, a month and a statement year begin."),
    )
    base_currency = forms.ChoiceField(
        label=_("Base currency"),
        choices=regions.currencies,
        disabled=True,
        help_text=_("Fixed: gifts, receipts and totals are kept in it since the agency began."),
    )
    fiscal_year_start = forms.TypedChoiceField(
        label=_("Fiscal year begins in"), choices=list(MONTHS.items()), coerce=int
    )

    class Meta:
        model = Agency
        fields = tuple(SETTINGS)
        labels = {
            "name": _("Name"),
            "legal_name": _("Legal name"),
            "tax_number": _("Tax number"),
            "address": _("Address"),
            "impact_goal": _("Overall impact goal"),
            "brand_promise": _("Brand promise"),
            "unit_word": _("Your word for one smallest strategic unit"),
            "unit_words": _("The same word for several"),
            "default_source": _("Source of gifts"),
            "organization_code": _("Code in DataSync files"),
            "quiet_after_days": _("Days without activity"),
            "board_met_on": _("Last board meeting"),
        }
        help_texts = {
            "legal_name": _("As it stands on receipts."),
            "tax_number": _("EIN in the United States."),
            "address": _("Postal address, as on an envelope."),
            "impact_goal": _("The goal that the impact goal of every unit reinforces."),
            "brand_promise": _("What partners may count on, in a sentence. The messages of every unit stand under it."),
            "unit_word": _("For example: SSU, field, project, people group. It stands in the navigation."),
            "default_source": _("The source that gifts have in files that name none, such as HLM."),
            "organization_code": _("How the agency's own DataSync files call it."),
            "quiet_after_days": _(
                "From 7 to 365. After three quarters of them a unit carries a badge; after all of them its leaders and "
                "the administrators are told once a week. Nothing is closed by itself."
            ),
            "board_met_on": _("The board's overview shows what changed since this day."),
        }
        widgets = {
            "board_met_on": DateInput(),
            "address": forms.Textarea({"rows": 4}),
            "impact_goal": forms.Textarea({"rows": 4}),
            "brand_promise": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        stands = model_to_dict(kwargs["instance"], fields=SETTINGS)
        super().__init__(*args, stands=stands, **kwargs)
        for name in ("locale", "time_zone", "country"):
            keep_choice(self.fields[name], self.initial.get(name))


def keep_choice(field: Any, value: Any) -> None:
    """Offer the value that stands, also where the list of choices no longer has it."""
    if value and value not in dict(field.choices):
        field.choices = [(value, value), *field.choices]
