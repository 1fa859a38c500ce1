"""One line of the grid: a gift as somebody keys it, with the names of givers and designations as they are typed."""

import datetime as dt
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.seats import Seat
from core.errors import Refused
from core.forms import DayField
from core.money import Money, parse_amount
from core.money_forms import read_amount
from partners.forms.batches import year_end_for
from partners.forms.gifts import GIVEN_IN_KIND, GOT_IN_RETURN, KINDS, METHODS, ONLY_INTANGIBLE, VALUE_IN_RETURN
from partners.forms.soft_credits import SOFT_CHOICES
from partners.models import GiftBatch, GivingUnit, Partner
from partners.operations.batch_rows import Keyed
from partners.operations.gift_posting import Part
from partners.queries.givers import giver_named

MOST_SPLITS = 49
SAME = ("method", "reference", "description", "in_return", "intangible", "anonymous")
"""What a line of the grid hands to the operation as it is."""
NO_AMOUNT = gettext_lazy("Enter the amount.")
NO_DATE = gettext_lazy("Enter the day of giving.")
NO_DESIGNATION = gettext_lazy("Type the code or a part of the name of a designation.")
"""What is missing stands below the whole line, so that each sentence names its field."""
UNKNOWN = "?"
"""Typed for a giver whom nobody knows."""


class RowForm(forms.Form):
    """The fields of a line. Givers are chosen (`giving_unit`, `soft_partner`) or typed (`giver`, `soft_giver`) so that
    only one answers; designations are typed by code or name. The further parts of a split stand in lists:
    `split_designation`, `split_amount`, `split_intent`; the first designation keeps the rest of the amount.
    """

    key = forms.CharField(max_length=64)
    revision = forms.IntegerField(min_value=0, required=False)
    giver = forms.CharField(label=gettext_lazy("Giver"), max_length=200, required=False)
    giving_unit = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    amount = forms.CharField(label=gettext_lazy("Amount"), max_length=30, error_messages={"required": NO_AMOUNT})
    designation = forms.CharField(
        label=gettext_lazy("Designation"), max_length=200, error_messages={"required": NO_DESIGNATION}
    )
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=METHODS, required=False)
    reference = forms.CharField(label=gettext_lazy("Check number"), max_length=80, required=False)
    date = DayField(label=gettext_lazy("Date"), error_messages={"required": NO_DATE, "invalid": NO_DATE})
    postmarked = forms.BooleanField(required=False)
    intent = forms.CharField(label=gettext_lazy("Memo"), max_length=1000, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, required=False)
    tendered_amount = forms.CharField(label=gettext_lazy("Tendered amount"), max_length=30, required=False)
    tendered_currency = forms.CharField(label=gettext_lazy("Tendered currency"), max_length=3, required=False)
    description = forms.CharField(label=GIVEN_IN_KIND, max_length=250, required=False)
    in_return = forms.CharField(label=GOT_IN_RETURN, max_length=250, required=False)
    fair_market_value = forms.CharField(label=VALUE_IN_RETURN, max_length=30, required=False)
    intangible = forms.BooleanField(label=ONLY_INTANGIBLE, required=False)
    soft_giver = forms.CharField(label=gettext_lazy("Soft credit"), max_length=200, required=False)
    soft_partner = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    soft_kind = forms.ChoiceField(
        label=gettext_lazy("Why"),
        required=False,
        choices=SOFT_CHOICES,
    )
    anonymous = forms.BooleanField(required=False)

    def __init__(self, *args: Any, seat: Seat, batch: GiftBatch, offered: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat, self.batch, self.offered = seat, batch, offered
        self.candidates: list[GivingUnit] = []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["giver_found"] = self.who("giver", "giving_unit", given)
        given["soft_found"] = self.soft(given)
        given["parts"] = self.parts(given)
        code = (given.get("tendered_currency") or "").upper()
        if given.get("tendered_amount") and not code:
            self.add_error("tendered_currency", _("Say in which currency it was given."))
        given["tendered"] = read_money(self, "tendered_amount", code)
        given["value"] = read_amount(self, "fair_market_value", self.batch.currency)
        end = year_end_for(self.batch.deposited_on)
        if given.get("postmarked") and end:
            given["date"] = end
        return given

    def who(self, typed: str, chosen: str, given: dict[str, Any]) -> GivingUnit | None:
        """The giver that was chosen, or the only one whom the typed words name; nobody for UNKNOWN."""
        if given.get(chosen):
            found: GivingUnit | None = GivingUnit.objects.filter(pk=given[chosen]).first()
            if found is None:
                self.add_error(typed, _("There is no such giver. Type a name or number and choose from the list."))
            return found
        words = (given.get(typed) or "").strip()
        if words == UNKNOWN:
            return None
        if not words:
            self.add_error(typed, _("Type part of a name, a number, a phone or a check number, and choose who gave."))
            return None
        self.candidates = giver_named(self.seat, words)
        if len(self.candidates) == 1:
            return self.candidates[0]
        self.add_error(typed, self.unclear(words))
        return None

    def unclear(self, words: str) -> str:
        """Why typed words name nobody, and what to do."""
        if not self.candidates:
            return _(
                "Nobody answers to “%(words)s”. Correct it, or type ? where nobody knows: it waits in the queue."
            ) % {"words": words}
        return _("“%(words)s” may be several: choose one from the list.") % {"words": words}

    def soft(self, given: dict[str, Any]) -> Partner | None:
        """Who is thanked for the gift of another, if anybody."""
        if given.get("soft_partner"):
            found: Partner | None = Partner.objects.seen_by(self.seat).filter(pk=given["soft_partner"]).first()
            if found is None:
                self.add_error("soft_giver", _("There is no such partner. Choose from the list."))
            return found
        words = (given.get("soft_giver") or "").strip()
        if not words:
            return None
        units = [unit for unit in giver_named(self.seat, words) if unit.partner_id]
        if len(units) != 1:
            self.add_error("soft_giver", _("Choose from the list who is to be thanked."))
            return None
        only: Partner | None = units[0].partner
        return only

    def parts(self, given: dict[str, Any]) -> list[Part]:
        """The designations with their amounts: the first one keeps what the others leave."""
        total = read_amount(self, "amount", self.batch.currency)
        first = self.place("designation", given.get("designation") or "")
        others = self.splits()
        if total is None or first is None or self.errors:
            return []
        rest = total - Money(sum(part.amount.minor for part in others), total.currency)
        if others and rest.minor <= 0:
            self.add_error("amount", _("The parts come to as much as the gift or more: nothing is left for the first."))
            return []
        return [Part(first, rest, given.get("intent") or ""), *others]

    def splits(self) -> list[Part]:
        """The further parts; empty lines are passed over."""
        data: Any = self.data
        lists = [data.getlist(f"split_{name}")[:MOST_SPLITS] for name in ("designation", "amount", "intent")]
        found = []
        for number, (place, amount, intent) in enumerate(zip_longest(*lists, fillvalue=""), start=1):
            if not place.strip() and not amount.strip():
                continue
            designation = self.place("designation", place)
            money = read_text(self, "amount", amount, self.batch.currency, _("Part %(number)s") % {"number": number})
            if designation and money:
                found.append(Part(designation, money, intent.strip()[:1000]))
        return found

    def place(self, field: str, words: str) -> Any:
        """The designation that typed words name: its code, or a part of its name that only one has."""
        words = words.strip()
        if not words:
            if field not in self.errors:
                self.add_error(field, NO_DESIGNATION)
            return None
        found = designations_named(self.offered, words)
        if len(found) == 1:
            return found[0]
        named = ", ".join(f"{each.code} {each.shown_name}" for each in found[:4])
        sentence = (
            _("“%(words)s” may be %(named)s. Type the code.") if found else _("No open designation is “%(words)s”.")
        )
        self.add_error(field, sentence % {"words": words[:40], "named": named})
        return None

    def keyed(self) -> Keyed:
        """What the operation takes, from a valid form."""
        given = self.cleaned_data
        soft_kind = given["soft_kind"] or ("matching" if given["kind"] == "matching" else "advised_by")
        return Keyed(
            giving_unit=given["giver_found"],
            on=cast(dt.date, given["date"]),
            parts=given["parts"],
            kind=given["kind"] or "gift",
            tendered=given["tendered"],
            fair_market_value=given["value"],
            soft_partner=given["soft_found"],
            soft_kind=soft_kind if given["soft_found"] else "",
            **{name: given[name] for name in SAME},
        )


def designations_named(offered: Mapping[str, Any], words: str) -> list[Any]:
    """Of the designations offered, the one with this code, or named "code name"; else those with these words in their
    name.
    """
    said = words.casefold()
    exact = [
        each for each in offered.values() if said in (each.code.casefold(), f"{each.code} {each.shown_name}".casefold())
    ]
    return exact or [each for each in offered.values() if said in str(each.shown_name).casefold()]


def label_of(designation: Any) -> str:
    """What stands in the field of a designation: its code and its name as the reader may know it."""
    return f"{designation.code} {designation.shown_name}"


def read_money(form: forms.Form, field: str, code: str) -> Money | None:
    """An amount in a currency that was typed; what is wrong stands beside its field."""
    return read_text(form, field, form.cleaned_data.get(field) or "", code)


def read_text(form: forms.Form, field: str, text: str, code: str, where: str = "") -> Money | None:
    """An amount, exact; a refusal stands beside the field, with `where` in front."""
    if not code or (not text.strip() and not where):
        return None
    try:
        return parse_amount(text, code)
    except Refused as refusal:
        form.add_error(field, f"{where}: {refusal}" if where else str(refusal))
        return None
