"""The gifts of a batch: as lines of the grid that can be keyed, and as the list that lies beside the deposit slip."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.export import Cell
from core.money import Money
from partners.forms.batch_rows import RowForm, label_of
from partners.forms.gifts import METHODS
from partners.forms.soft_credits import SOFT_CHOICES
from partners.models import Gift, GiftBatch, GiftLine
from partners.pages.statements import names_kept_from
from partners.pages.words import unbroken
from partners.queries.givers import giver_named

MORE = ("tendered_amount", "description", "in_return", "fair_market_value", "intangible", "soft_giver", "anonymous")
"""What stands below a line, where it is opened for what is not usual."""
NEW_KEY = ""
"""A line that has no key yet: the page gives it one."""


@dataclass
class Line:
    """A line of the grid: what stands in its fields, what is wrong, and where it goes. `uid` tells its fields apart;
    `is_told`: a line of the bank filled it, and nobody has sent it yet.
    """

    uid: str
    values: dict[str, Any]
    splits: list[dict[str, str]] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)
    candidates: list[tuple[int, str]] = field(default_factory=list)
    place: int | None = None
    remove_url: str = ""
    note: str = ""
    rate: str = ""
    is_told: bool = False

    @property
    def sentences(self) -> list[str]:
        """What is wrong with the line."""
        return [sentence for said in self.errors.values() for sentence in said]

    @property
    def has_more(self) -> bool:
        """Whether the part below the line holds something."""
        return bool(self.splits) or self.values.get("kind") != "gift" or any(self.values.get(name) for name in MORE)


def blank_line(batch: GiftBatch, offered: Mapping[str, Any], uid: str, key: str) -> Line:
    """An empty line with the defaults of the batch."""
    designation = offered.get(str(batch.designation_id)) if batch.designation_id else None
    date = batch.contributed_on or batch.deposited_on
    values = {"key": key, "kind": "gift", "method": batch.method, "date": date.isoformat()}
    return Line(uid, {**values, "designation": label_of(designation) if designation else ""})


def line_from_bank(seat: Seat, batch: GiftBatch, offered: Mapping[str, Any], key: str) -> Line:
    """The first line of a batch that was entered from a line of the bank: who sent how much; and where the only giver
    of that name gave last.
    """
    line, brought = blank_line(batch, offered, "r0", key), batch.brought_by
    if brought is None:
        return line
    line.is_told, line.values["amount"] = True, plain(brought.amount, batch.currency)
    who = brought.party.strip()
    if not who or names_kept_from(seat).found_in(who):
        return line
    line.values["giver"] = who
    found = giver_named(seat, who)
    if len(found) == 1:
        line.values |= {"giver": found[0].name, "giving_unit": found[0].pk}
        last = GiftLine.objects.standing().filter(gift__giving_unit=found[0]).order_by("-gift__date", "-pk").first()
        designation = offered.get(str(last.designation_id)) if last else None
        line.values["designation"] = line.values["designation"] or (label_of(designation) if designation else "")
    return line


def line_of(seat: Seat, batch: GiftBatch, row: Any, note: str = "") -> Line:
    """A gift that was keyed, as its line. No query for a row of `rows_shown`."""
    first, *others = row.shown_parts
    soft = row.soft_partner
    values = {
        **{name: getattr(row, name) for name in ("key", "revision", "kind", "method", "reference", "description")},
        **{n: getattr(row, n) for n in ("tendered_currency", "soft_kind", "anonymous", "in_return", "intangible")},
        "giver": row.giving_unit.name,
        "giving_unit": row.giving_unit_id,
        "amount": plain(row.amount, batch.currency),
        "designation": f"{first.code} {first.shown_name}",
        "intent": first.intent,
        "date": row.date.isoformat(),
        "tendered_amount": plain(row.tendered_amount, row.tendered_currency),
        "fair_market_value": plain(row.fair_market_value, batch.currency),
        "soft_giver": soft.name if soft else "",
        "soft_partner": soft.pk if soft else "",
    }
    splits = [
        {"designation": f"{p.code} {p.shown_name}", "amount": plain(p.amount, batch.currency), "intent": p.intent}
        for p in others
    ]
    remove = reverse("batch_row_remove", args=[seat.agency.slug, batch.pk, row.pk])
    return Line(
        f"r{row.place}", values, splits, place=row.place, remove_url=remove, note=note, rate=rate_of(batch, row)
    )


def plain(minor: int | None, currency: str) -> str:
    """An amount as it is typed."""
    return "" if minor is None else Money(minor, currency).decimal_string()


def rate_of(batch: GiftBatch, row: Any) -> str:
    """What one unit of the giver's currency was booked at, where it differs."""
    if not row.tendered_amount:
        return ""
    booked, tendered = Money(row.amount, batch.currency), Money(row.tendered_amount, row.tendered_currency)
    rate = (booked.decimal / tendered.decimal).quantize(Decimal("0.000001")).normalize()
    return f"1 {tendered.currency} = {rate:f} {booked.currency}"


def line_as_sent(form: RowForm, uid: str) -> Line:
    """A line that was refused, with everything that was typed and what is wrong."""
    data: Any = form.data
    lists = [data.getlist(f"split_{name}") for name in ("designation", "amount", "intent")]
    splits = [
        dict(zip(("designation", "amount", "intent"), each, strict=True))
        for each in zip_longest(*lists, fillvalue="")
        if any(text.strip() for text in each)
    ]
    values = {name: data.get(name, "") for name in form.fields}
    errors = {name: list(map(str, said)) for name, said in form.errors.items()}
    return Line(uid, values, splits, errors, [(unit.pk, unit.name) for unit in form.candidates])


def choices() -> dict[str, Any]:
    """What the lists of a line offer."""
    kinds = [(kind, capfirst(str(Gift.Kind(kind).label))) for kind in ("gift", "stock", "matching", "in_kind")]
    return {"methods": METHODS, "kinds": kinds, "soft_kinds": SOFT_CHOICES}


@dataclass(frozen=True)
class SlipLine:
    """A gift on the list that lies beside the deposit slip."""

    place: int
    giver: str
    url: str
    designations: str
    method: str
    reference: str
    day: str
    memo: str
    amount: str
    state: str


def slip_lines(
    agency: Agency, batch: GiftBatch, rows: Sequence[Any], since: tuple[Collection[int], Collection[int]]
) -> list[SlipLine]:
    """The gifts of a batch in words, with what became of them since. No query."""
    return [slip_line(agency, batch, row, since) for row in rows]


def slip_line(agency: Agency, batch: GiftBatch, row: Any, since: tuple[Collection[int], Collection[int]]) -> SlipLine:
    """One gift in words."""
    return SlipLine(
        place=row.place,
        giver=row.giving_unit.name,
        url=reverse("gift", args=[agency.slug, row.gift_id]) if row.gift_id else "",
        designations=designations_of(agency, batch, row),
        method=method_of(row),
        reference=row.reference,
        day=unbroken(day_in_words(agency, row.date)),
        memo="; ".join(part.intent for part in row.shown_parts if part.intent),
        amount=Money(row.amount, batch.currency).format(agency.locale),
        state=state_since(row.gift_id, since),
    )


def designations_of(agency: Agency, batch: GiftBatch, row: Any) -> str:
    """Where it goes; the amounts of a split beside."""
    if len(row.shown_parts) == 1:
        part = row.shown_parts[0]
        return f"{part.code} {part.shown_name}"
    return ", ".join(
        f"{part.code} {part.shown_name} {Money(part.amount, batch.currency).format(agency.locale)}"
        for part in row.shown_parts
    )


def method_of(row: Any) -> str:
    """How it came, and what it was where it was no money."""
    method = capfirst(str(dict(METHODS).get(row.method, row.method))) if row.method else ""
    kind = "" if row.kind == "gift" else capfirst(str(Gift.Kind(row.kind).label))
    return ", ".join(word for word in (method, kind) if word)


def state_since(gift: int | None, since: tuple[Collection[int], Collection[int]]) -> str:
    """What became of a posted gift."""
    withdrawn, given_back = since
    if gift in withdrawn:
        return _("corrected since")
    return _("money given back") if gift in given_back else ""


def header() -> list[str]:
    """The columns of the file of one batch."""
    names = (_("Giver"), _("Designation"), _("Method"), _("Check number"), _("Date"), _("Memo"), _("Amount"))
    return [_("No."), *names, _("Currency"), _("State"), _("Gift")]


def cells(agency: Agency, batch: GiftBatch, rows: Sequence[Any], since: Any) -> list[list[Cell]]:
    """Rows for the file; the amount is a number."""
    found = []
    for row, line in zip(rows, slip_lines(agency, batch, rows, since), strict=True):
        words = (line.giver, line.designations, line.method, line.reference)
        amount = Money(row.amount, batch.currency).decimal
        found.append([line.place, *words, row.date, line.memo, amount, batch.currency, line.state, row.gift_id])
    return found
