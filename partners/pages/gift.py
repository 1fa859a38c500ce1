"""The page of one gift."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from funds.pages import LedgerRow, ledger_rows
from imports.models import StagedRow
from partners.keys import says_content
from partners.models import Gift, GiftCorrection, GiftLine, Partner, ReviewItem
from partners.models.discretion import in_field
from partners.operations.gift_posting import BY_HAND
from partners.pages.gift_list import giver_url, line_name
from partners.pages.partner import Fact
from partners.pages.reasons import reasons_told
from partners.pages.suspense import moves
from partners.pages.unidentified import assignments


@dataclass(frozen=True)
class LineShown:
    """One line of a gift."""

    designation: str
    url: str
    amount: str
    intent: str
    tendered: str
    assign_url: str = ""


@dataclass(frozen=True)
class RowShown:
    """One row of the file as it came."""

    title: str
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class CorrectionShown:
    """That the gift was withdrawn: why, by whom, and what stands in its place."""

    reason: str
    by: str
    day: str
    replacement_url: str
    posting_url: str


@dataclass(frozen=True)
class Linked:
    """Another gift that belongs to this one."""

    label: str
    url: str


def gift_page(seat: Seat, gift: Any) -> dict[str, Any]:
    """Everything that the page shows, as far as this seat may see it."""
    lines = list(GiftLine.objects.seen_by(seat).filter(gift=gift).order_by("pk"))
    may_read = may_read_memos(seat, gift)
    part = sum(line.amount for line in lines)
    standing = gift.withdrawn_at is None
    records = seat.can("gifts.record")
    refunds = list(Gift.objects.seen_by(seat).standing().filter(reverses=gift).order_by("date", "pk"))
    left = gift.amount + sum(each.amount for each in refunds)
    return {
        "gift": gift,
        "kind": capfirst(str(Gift.Kind(gift.kind).label)),
        "amount": Money(part, gift.currency).format(seat.agency.locale),
        "facts": [*facts(seat, gift, whole=part == gift.amount, may_read=may_read), *what_is_left(seat, gift, left)],
        "lines": [
            line_shown(seat.agency, gift, line, may_read=may_read, may_assign=records and standing) for line in lines
        ],
        "other_lines": GiftLine.objects.filter(gift=gift).count() - len(lines),
        "entries": entries(seat, gift),
        "posting_url": posting_url(seat, gift.posting_id),
        "file_rows": file_rows(seat, lines),
        "correction": correction(seat, gift),
        "related": related(seat, gift, refunds),
        "moves": moves(seat, lines, may_undo=records and standing, may_read=may_read),
        "reviews": reviews(seat, lines),
        "assignments": assignments(seat, gift, may_undo=records and standing),
        "may_correct": records and standing and not refunds,
        "may_refund": records and standing and gift.amount > 0 and left > 0,
        "standing": standing,
    }


def facts(seat: Seat, gift: Any, *, whole: bool, may_read: bool) -> list[Fact]:
    """The head of the gift; what is empty is left out. What could tell an anonymous giver is kept from the field, and
    free text (`may_read`) like the memos: of a refund it says why the money went back.
    """
    agency, hidden = seat.agency, gift.anonymous and in_field(seat)
    tendered = Money(gift.tendered_amount, gift.tendered_currency)
    differs = tendered != Money(gift.amount, gift.currency)
    by_hand, told = gift.source == BY_HAND, gift.got_in_return
    run = reverse("import", args=[agency.slug, gift.import_id]) if gift.import_id and seat.can("imports.run") else ""
    known = (
        Fact(_("Giver"), gift.shown_giver, giver_url(seat, gift.anonymous, gift.partner_id)),
        *soft_credit(seat, gift, hidden=hidden),
        Fact(_("Date"), day_in_words(agency, gift.date)),
        Fact(_("Posted on"), day_in_words(agency, gift.posting.date) if gift.posting.date != gift.date else ""),
        Fact(_("Method"), gift.method),
        Fact(_("Check or transaction number"), "" if hidden else gift.reference),
        Fact(_("Tendered"), tendered.format(agency.locale) if whole and differs else ""),
        Fact(_("Anonymous"), _("yes: hidden from the field") if gift.anonymous else ""),
        Fact(label_of_words(gift), (gift.description if gift.in_return == told else "") if may_read else ""),
        Fact(_("What the giver got in return"), told if may_read else ""),
        Fact(_("Value of what the giver got in return"), value_in_return(agency, gift) if whole else ""),
        Fact(_("In return"), _("nothing but intangible religious benefits") if gift.intangible else ""),
        Fact(_("Source"), _("By hand") if by_hand else gift.source),
        Fact(_("Number in the source"), number_shown(gift, hidden=hidden, may_read=may_read)),
        *batch_of(seat, gift),
        Fact(_("Came with"), _("import %(number)s") % {"number": gift.import_id} if run else "", run),
        Fact(_("Recorded"), recorded(seat, gift)),
    )
    return [fact for fact in known if fact.value]


def label_of_words(gift: Gift) -> str:
    """What the description of a gift holds: goods, or of what takes a gift back, why."""
    return _("What was given in kind") if gift.amount > 0 else _("Why it went back")


def what_is_left(seat: Seat, gift: Gift, left: int) -> list[Fact]:
    """What refunds leave of a gift, for who records gifts; nothing where none stands. They are corrected first."""
    if left == gift.amount or gift.amount <= 0 or not seat.can("gifts.record"):
        return []
    locale = seat.agency.locale
    words = {
        "left": Money(left, gift.currency).format(locale),
        "whole": Money(gift.amount, gift.currency).format(locale),
    }
    said = _("%(left)s of %(whole)s. Withdraw what was taken back first, where the gift itself is wrong.")
    return [Fact(_("Left of it"), said % words)]


def number_shown(gift: Gift, *, hidden: bool, may_read: bool) -> str:
    """The number in the source. One made of what the row said is kept back like the memos."""
    is_kept = hidden or (says_content(gift.external_id) and not may_read)
    return "" if is_kept or gift.source == BY_HAND else gift.external_id


def batch_of(seat: Seat, gift: Gift) -> list[Fact]:
    """The batch that it was keyed in, for who records gifts."""
    if gift.batch is None or not seat.can("gifts.record"):
        return []
    words = _("%(number)s: %(title)s") % {"number": gift.batch.number, "title": gift.batch.title}
    return [Fact(_("Batch"), words, reverse("batch", args=[seat.agency.slug, gift.batch_id]))]


def soft_credit(seat: Seat, gift: Gift, *, hidden: bool) -> list[Fact]:
    """Who is thanked for the gift of another: a fund or an employer gave, and no receipt goes to this person. One query
    where there is such a credit.
    """
    if gift.soft_partner_id is None or hidden:
        return []
    partner = Partner.objects.seen_by(seat).filter(pk=gift.soft_partner_id).first()
    if partner is None:
        return []
    words = _("%(name)s (%(kind)s), without a receipt") if gift.soft_kind else _("%(name)s, without a receipt")
    said = words % {"name": partner.name, "kind": gift.soft_kind.replace("_", " ")}
    return [Fact(_("Soft credit"), said, giver_url(seat, False, partner.pk))]


def value_in_return(agency: Agency, gift: Gift) -> str:
    """The fair market value of goods or services that the giver got."""
    value = gift.fair_market_value
    return "" if value is None else Money(value, gift.currency).format(agency.locale)


def recorded(seat: Seat, gift: Gift) -> str:
    """When and by whom."""
    day = day_in_words(seat.agency, gift.recorded_at)
    return f"{day}, {seat.name_of(gift.recorded_by)}" if gift.recorded_by else day


def may_read_memos(seat: Seat, gift: Gift) -> bool:
    """Whether the free text of a gift is told. One query."""
    return gift.pk not in memos_kept(seat, [gift])


def memos_kept(seat: Seat, gifts: Sequence[Gift]) -> set[int]:
    """Those of these gifts whose free text is kept back. A memo may name people and places, so it is kept with an
    anonymous giver, and with any line for a unit or a worker that is closed to the reader. Who records gifts reads all
    of them. One query.
    """
    if seat.can("gifts.record"):
        return set()
    closed = GiftLine.objects.filter(gift__in=[each.pk for each in gifts]).withheld_from(seat)
    return {*closed.values_list("gift", flat=True), *(each.pk for each in gifts if each.anonymous and in_field(seat))}


def line_shown(agency: Agency, gift: Any, line: Any, *, may_read: bool, may_assign: bool) -> LineShown:
    """One line in words."""
    tendered, waits = "", line.designation_id is None
    if line.tendered_amount is not None and line.tendered_currency not in {"", gift.currency}:
        tendered = Money(line.tendered_amount, line.tendered_currency).format(agency.locale)
    return LineShown(
        designation=line_name(line),
        url=reverse("designation", args=[agency.slug, line.designation_id]) if line.designation_id else "",
        amount=Money(line.amount, gift.currency).format(agency.locale),
        intent=line.intent if may_read else "",
        tendered=tendered,
        assign_url=reverse("line_assign", args=[agency.slug, line.pk]) if waits and may_assign else "",
    )


def entries(seat: Seat, gift: Gift) -> list[LedgerRow]:
    """The entries of the gift's posting, for who may see the ledger."""
    return ledger_rows(seat, gift.posting) if seat.can("ledger.view") else []


def posting_url(seat: Seat, pk: int) -> str:
    return reverse("posting", args=[seat.agency.slug, pk]) if seat.can("ledger.view") else ""


def file_rows(seat: Seat, lines: Sequence[GiftLine]) -> list[RowShown]:
    """The rows of the file as they came, for who brings files in: they hold names as the file has them."""
    staged = [line.staged_row for line in lines if line.staged_row]
    if not staged or not seat.can("imports.run"):
        return []
    rows = StagedRow.objects.filter(pk__in=staged).order_by("row")
    return [row_shown(row) for row in rows]


def row_shown(row: StagedRow) -> RowShown:
    """One row of a file: its cells that are not empty."""
    title = _("Row %(row)s, line %(line)s of the file") % {"row": row.row, "line": row.line}
    return RowShown(title, [(name, str(cell)) for name, cell in row.cells.items() if cell not in (None, "")])


def correction(seat: Seat, gift: Gift) -> CorrectionShown | None:
    """The correction that withdrew the gift, if one did."""
    made = GiftCorrection.objects.select_related("by").filter(gift=gift).first()
    if made is None:
        return None
    agency = seat.agency
    seen = made.replacement_id and Gift.objects.seen_by(seat).filter(pk=made.replacement_id).exists()
    return CorrectionShown(
        reason=reasons_told(seat, [made])[made.gift_id],
        by=seat.name_of(made.by, _("the system")),
        day=day_in_words(agency, made.at),
        replacement_url=reverse("gift", args=[agency.slug, made.replacement_id]) if seen else "",
        posting_url=posting_url(seat, made.posting_id),
    )


def related(seat: Seat, gift: Gift, refunds: Sequence[Gift]) -> list[Linked]:
    """The gift that this one replaced, the one that it takes back, and what was taken back of it."""
    agency = seat.agency
    seen = Gift.objects.seen_by(seat)
    replaced = seen.filter(corrections__replacement=gift)
    taken_back = seen.filter(refunds=gift)
    return [
        *(linked(agency, _("Stands in the place of %(gift)s"), each) for each in replaced),
        *(linked(agency, _("Takes back %(gift)s"), each) for each in taken_back),
        *(linked(agency, _("Taken back by %(gift)s"), each) for each in refunds),
    ]


def linked(agency: Agency, words: str, gift: Gift) -> Linked:
    """Another gift in words."""
    named = _("gift %(number)s of %(day)s") % {"number": gift.pk, "day": day_in_words(agency, gift.date)}
    return Linked(words % {"gift": named}, reverse("gift", args=[agency.slug, gift.pk]))


def reviews(seat: Seat, lines: Sequence[GiftLine]) -> list[Linked]:
    """What waits for a person, for who may settle it."""
    if not seat.can("gifts.record"):
        return []
    waiting = ReviewItem.objects.open().filter(line__in=[line.pk for line in lines]).order_by("pk")
    slug = seat.agency.slug
    return [
        Linked(str(ReviewItem.Reason(item.reason).label), reverse("review", args=[slug, item.pk])) for item in waiting
    ]
