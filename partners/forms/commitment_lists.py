"""Filters of the list of commitments."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.filter_forms import DaysFilter
from core.forms import capitalized
from core.money_forms import currencies
from funds.models import Designation
from funds.models.discretion import shown_designation_name
from partners.forms.lists import ANY, DesignationField, PartnerField, UnitField, units_within
from partners.lateness import Bucket
from partners.models import Commitment, CommitmentEvent, Partner
from partners.queries.commitments import Wanted, holders_to_choose


class CommitmentFilter(forms.Form):
    """By giver, unit, designation, currency, frequency, holder; hidden: the bucket, which has tabs, and the partner."""

    q = forms.CharField(label=_("Giver"), required=False, max_length=100, widget=forms.TextInput({"type": "search"}))
    unit = UnitField(None, label=_("Unit"), required=False, empty_label=ANY[1])
    designation = DesignationField(None, label=_("Designation"), required=False, empty_label=ANY[1])
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    frequency = forms.ChoiceField(
        label=_("How often"), required=False, choices=capitalized([ANY, *Commitment.Frequency.choices])
    )
    holder = forms.ChoiceField(label=_("Who cares"), required=False)
    late = forms.ChoiceField(required=False, choices=[ANY, *Bucket.choices], widget=forms.HiddenInput)
    partner = PartnerField(None, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = seat.unit_ids("partners.amounts")
        funds = Designation.objects.of_units(reached).annotate(shown_name=shown_designation_name(seat))
        cast(DesignationField, self.fields["designation"]).queryset = funds.order_by("code")
        cast(UnitField, self.fields["unit"]).queryset = units_within(seat, reached)
        self.fields["unit"].label = seat.agency.unit_word
        cast(PartnerField, self.fields["partner"]).queryset = Partner.objects.seen_by(seat)
        cast(forms.ChoiceField, self.fields["currency"]).choices = [ANY, *currencies(seat.agency.base_currency)]
        cast(forms.ChoiceField, self.fields["holder"]).choices = [ANY, *holders_to_choose(seat)]

    def wanted(self) -> Wanted:
        """The filter, from a valid form."""
        given = self.cleaned_data
        keys = {f"{name}_id": given[name] and given[name].pk for name in ("unit", "designation", "partner")}
        same = {name: given[name] for name in ("late", "q", "currency", "frequency")}
        return Wanted(**same, **keys, holder_id=int(given["holder"]) if given["holder"] else None)


class EventFilter(DaysFilter):
    """What happened with commitments: by days, kind, and the number of one commitment."""

    kind = forms.ChoiceField(required=False, choices=[ANY, *CommitmentEvent.Kind.choices])
    commitment = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def matching(self, found: Any) -> Any:
        """Those that fit, from a valid form."""
        same = {name: self.cleaned_data[name] for name in ("kind", "commitment") if self.cleaned_data[name]}
        return self.within(found.filter(**same), "happened_on")
