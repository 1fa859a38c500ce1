"""Partners and ways to reach them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField
from partners.models import GivingUnit, Partner
from partners.models.contact import Reach

NUMBER_HINT = _("For example, from your donor system: 000104532. Zeros in front do not matter.")


class PartnerForm(forms.Form):
    """What a record says about a partner."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Partner.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=40, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    middle_name = forms.CharField(label=_("Middle name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=120, required=False)
    suffix = forms.CharField(label=_("Suffix"), max_length=40, required=False)
    spouse_title = forms.CharField(label=_("Spouse: title"), max_length=40, required=False)
    spouse_first_name = forms.CharField(label=_("Spouse: first name"), max_length=80, required=False)
    spouse_last_name = forms.CharField(
        label=_("Spouse: last name"), max_length=120, required=False, help_text=_("Where it is another one.")
    )
    spouse_deceased = forms.BooleanField(
        label=_("Spouse has died"), required=False, help_text=_("Letters and calls then greet the other one alone.")
    )
    organization = forms.CharField(
        label=_("Organization"),
        max_length=200,
        required=False,
        help_text=_("For a church, foundation or business. Leave the names empty then."),
    )
    roman_name = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=200,
        required=False,
        help_text=_("Where the name is written in others. The partner is found by it too."),
    )
    greeting = forms.CharField(
        label=_("Greeting"),
        max_length=120,
        required=False,
        help_text=_("How a letter goes on after “Dear”. Left empty, it greets by the first names of those who live."),
    )
    church = forms.CharField(
        label=_("Home church"), max_length=200, required=False, help_text=_("The church that the partner belongs to.")
    )
    language = forms.CharField(
        label=_("Language"), max_length=12, required=False, help_text=_("For example, en or es.")
    )
    deceased_on = DayField(label=_("Died on"), required=False, widget=DateInput)
    day_unknown = forms.BooleanField(label=_("Has died, the day is not known"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """A day that is not known is none."""
        given = super().clean() or {}
        given["death_day_known"] = not given.pop("day_unknown", False)
        if not given["death_day_known"]:
            given["deceased_on"] = None
        return given


class EmailForm(forms.Form):
    """An e-mail address."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    whose = forms.ChoiceField(label=_("Whose"), choices=Reach.Whose.choices)


class PhoneForm(forms.Form):
    """A telephone number."""

    number = forms.CharField(label=_("Phone"), max_length=40)
    whose = forms.ChoiceField(label=_("Whose"), choices=Reach.Whose.choices)


class AddressForm(forms.Form):
    """A postal address."""

    lines = forms.CharField(
        label=_("Street"), max_length=300, widget=forms.Textarea({"rows": 2}), help_text=_("One line per line.")
    )
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    region = forms.CharField(label=_("State or region"), max_length=100, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=20, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)


class NumberForm(forms.Form):
    """A number by which another system knows the partner."""

    source = forms.CharField(
        label=_("System"), max_length=40, help_text=_("For example, the code of your donor system.")
    )
    value = forms.CharField(label=_("Number"), max_length=80, help_text=NUMBER_HINT)


class GivingUnitForm(forms.Form):
    """Whom receipts address, and how often."""

    name = forms.CharField(label=_("Receipts address"), max_length=200, help_text=_("For example, Ruth and Boaz Moab."))
    receipts = forms.ChoiceField(label=_("Receipts"), choices=GivingUnit.Receipts.choices, widget=forms.RadioSelect)


class AddPartnerForm(PartnerForm):
    """A new partner, with the first ways to reach it."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    lines = forms.CharField(label=_("Street"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}))
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    region = forms.CharField(label=_("State or region"), max_length=100, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=20, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)
    number = forms.CharField(label=_("Number"), max_length=80, required=False, help_text=NUMBER_HINT)
    source = forms.CharField(
        label=_("System of the number"), max_length=40, required=False, help_text=_("The system that gave the number.")
    )

    ADDRESS = ("lines", "city", "region", "postal_code", "country")

    def clean(self) -> dict[str, Any]:
        """A number needs its system."""
        given = super().clean() or {}
        if given.get("number") and not given.get("source"):
            self.add_error("source", _("Say which system gave the number."))
        return given

    def arguments(self) -> dict[str, Any]:
        """What `add_partner` takes."""
        given = dict(self.cleaned_data)
        address = {name: given.pop(name) for name in self.ADDRESS}
        number = (given.pop("source"), given.pop("number"))
        return {**given, "address": address, "number": number}
