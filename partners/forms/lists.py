"""Filters of the lists."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import DateInput, DayField, capitalized
from funds.models import Designation
from partners.models import Gift, Partner, Stage, Tag
from partners.models.discretion import in_field
from partners.models.holder import reaches_any, units_served
from partners.models.partner import units_by_name
from partners.operations.gift_posting import BY_HAND
from partners.queries import gifts, partners
from partners.queries.partner_by import CHOICES
from ssu.models import Unit

ANY = ("", _("Any"))
SAME = ("first", "last", "run", "kind", "source", "currency", "state", "review", "q")
BY = [(value, words) for value, (words, _needed, _lacking) in CHOICES.items()]
STATES = [(gifts.STANDING, _("That stand")), (gifts.WITHDRAWN, _("Withdrawn")), (gifts.ALL, _("All"))]


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit by the name that the reader may know."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


class PartnerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A partner by number; one that was merged stands for the record that stays, so that old links lead there."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            text = str(value)[:18]
            known = cast(QuerySet[Partner], self.queryset)
            stays = known.filter(merged=int(text)).first() if text.isascii() and text.isdigit() else None
            if stays is None:
                raise
            return stays


class DesignationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A designation by its code and the name that the reader may know."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.shown_name}"


def units_within(seat: Seat, reached: frozenset[int] | None) -> Any:
    """The units among these; None means all."""
    units = Unit.objects.seen_by(seat)
    return units if reached is None else units.filter(pk__in=reached)


class PartnerFilter(forms.Form):
    """By words, kind, unit, and what waits for a person."""

    q = forms.CharField(
        label=_("Name, e-mail, phone, number or check"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=capitalized([ANY, *Partner.Kind.choices]))
    unit = UnitField(None, label=_("Unit"), required=False, empty_label=ANY[1])
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[ANY, *Stage.Kind.choices])
    how = forms.ChoiceField(label=_("Partner by"), required=False, choices=[ANY, *BY])
    tag: "forms.ModelChoiceField[Tag]" = forms.ModelChoiceField(
        None, label=_("Tag"), required=False, empty_label=ANY[1]
    )
    held = forms.BooleanField(label=_("That I hold"), required=False)
    review = forms.BooleanField(label=_("With a gift to review"), required=False)
    run = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(UnitField, self.fields["unit"]).queryset = units_within(seat, units_by_name(seat))
        self.fields["unit"].label = seat.agency.unit_word
        cast("forms.ModelChoiceField[Tag]", self.fields["tag"]).queryset = Tag.objects.order_by("norm")
        if seat.unit_ids("partners.contact") is not None:
            del self.fields["tag"]
        if not units_served(seat):
            del self.fields["held"]
        if not reaches_any(seat, "partners.contact"):
            self.fields["q"].label = _("Name")
        if in_field(seat):
            del self.fields["review"]

    def wanted(self) -> partners.Wanted:
        """The filter, from a valid form."""
        given = self.cleaned_data
        unit = given["unit"]
        return partners.Wanted(
            q=given["q"],
            kind=given["kind"],
            unit_id=unit and unit.pk,
            review=given.get("review", False),
            stage=given["stage"],
            how=given["how"],
            held=given.get("held", False),
            tag_id=given["tag"].pk if given.get("tag") else None,
            run_id=given["run"],
        )


class GiftFilter(forms.Form):
    """By days, designation, kind, source, state, number; hidden: what other pages link to."""

    first = DayField(label=_("From"), required=False, widget=DateInput)
    last = DayField(label=_("To"), required=False, widget=DateInput)
    designation = DesignationField(None, label=_("Designation"), required=False, empty_label=ANY[1])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=capitalized([ANY, *Gift.Kind.choices]))
    source = forms.ChoiceField(label=_("Source"), required=False)
    state = forms.ChoiceField(label=_("Gifts"), required=False, choices=STATES)
    q = forms.CharField(label=_("Check or gift number"), required=False, max_length=80)
    review = forms.BooleanField(label=_("To review"), required=False)
    unit = UnitField(None, required=False, widget=forms.HiddenInput)
    partner = PartnerField(None, required=False, widget=forms.HiddenInput)
    run = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    currency = forms.RegexField("^[A-Z]{3}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DesignationField, self.fields["designation"]).queryset = Designation.objects.seen_by(seat)
        cast(UnitField, self.fields["unit"]).queryset = units_within(seat, seat.unit_ids("gifts.view"))
        cast(PartnerField, self.fields["partner"]).queryset = Partner.objects.seen_by(seat)
        known = [(each, _("By hand") if each == BY_HAND else each) for each in gifts.sources(seat.agency)]
        cast(forms.ChoiceField, self.fields["source"]).choices = [ANY, *known]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        return given

    def wanted(self) -> gifts.Wanted:
        """The filter, from a valid form."""
        given = self.cleaned_data
        same = {
            name: given[name] for name in ("first", "last", "run", "kind", "source", "currency", "state", "review", "q")
        }
        keys = {f"{name}_id": given[name] and given[name].pk for name in ("designation", "unit", "partner")}
        return gifts.Wanted(**same, **keys)
