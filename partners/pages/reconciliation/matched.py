"""What was matched, by whom, and what changed under it since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.export import Cell
from core.money import Money
from partners.models import BankMatch, MatchPart
from partners.pages.reconciliation.frame import Desk, joined
from partners.pages.reconciliation.queue import SHOWN, more_of
from partners.pages.words import unbroken
from partners.queries.reconciliation.changed import changed_since
from partners.queries.statements import account_name


@dataclass(frozen=True)
class PartShown:
    """A part of a match."""

    label: str
    url: str
    amount: str
    note: str


@dataclass(frozen=True)
class MatchShown:
    """One match that stands."""

    pk: int
    day: str
    account: str
    party: str
    text: str
    amount: str
    line_url: str
    reason: str
    parts: tuple[PartShown, ...]
    more: str
    who: str
    when: str
    changed: str
    undo_url: str


def match_rows(desk: Desk, matches: Sequence[BankMatch]) -> list[MatchShown]:
    """Rows for the list. Three queries."""
    pks = [match.pk for match in matches]
    parts: defaultdict[int, list[MatchPart]] = defaultdict(list)
    for part in parts_named(pks):
        parts[part.match_id].append(part)
    changed = changed_since(pks)
    return [match_row(desk, match, parts[match.pk], changed.get(match.pk, "")) for match in matches]


def parts_named(pks: Sequence[int]) -> Any:
    """The parts of matches, each with what its batch or gift is called. One query."""
    found = MatchPart.objects.filter(match__in=pks).order_by("match", "pk")
    return found.annotate(number=F("batch__number"), title=F("batch__title"), giver=F("gift__giving_unit__name"))


def match_row(desk: Desk, match: BankMatch, parts: Sequence[Any], changed: str) -> MatchShown:
    """One match in words."""
    line, slug = match.line, desk.seat.agency.slug
    deposit = desk.deposit_of.get(line.account)
    return MatchShown(
        pk=match.pk,
        day=unbroken(desk.day(line.date)),
        account=deposit.name if deposit else account_name(line.account),
        party=desk.shown(line.party),
        text=desk.shown(line.text),
        amount=desk.money(line.amount, line.currency),
        line_url=reverse("reconcile_line", args=[slug, line.pk]),
        reason=str(BankMatch.Basis(match.basis).label),
        parts=tuple(part_shown(desk, part, line.currency) for part in kept(parts)),
        more=more_of(desk, len(parts) - len(kept(parts))),
        who=desk.seat.name_of(match.made_by, _("the system")),
        when=desk.day(match.made_at),
        changed=changed,
        undo_url=reverse("reconcile_undo", args=[slug, match.pk]),
    )


def kept(parts: Sequence[Any]) -> list[Any]:
    """The parts that are named: the first batches and gifts, and all that is neither."""
    named = [part for part in parts if part.kind in (MatchPart.Kind.BATCH, MatchPart.Kind.GIFT)]
    return [*named[:SHOWN], *(part for part in parts if part.kind in (MatchPart.Kind.FEE, MatchPart.Kind.ASIDE))]


def part_shown(desk: Desk, part: Any, currency: str) -> PartShown:
    """One part in words."""
    slug, amount = desk.seat.agency.slug, desk.money(part.amount, currency)
    if part.kind == MatchPart.Kind.BATCH:
        name = f"{part.number} · {desk.shown(part.title)}"
        return PartShown(_("Batch %(name)s") % {"name": name}, reverse("batch", args=[slug, part.batch_id]), amount, "")
    if part.kind == MatchPart.Kind.GIFT:
        return PartShown(desk.shown(part.giver), reverse("gift", args=[slug, part.gift_id]), amount, "")
    if part.kind == MatchPart.Kind.FEE:
        return PartShown(_("Fee"), "", amount, "")
    return PartShown(capfirst(str(MatchPart.Reason(part.reason).label)), "", amount, desk.shown(part.note))


def header() -> list[str]:
    """The columns of the file."""
    names = (_("Date"), _("Deposit account"), _("From"), _("What it says"), _("Amount"), _("Currency"))
    return [*names, _("Matched with"), _("Reason"), _("Who"), _("When"), _("Changed since"), _("Link")]


def cells(desk: Desk, matches: Sequence[BankMatch], site: str) -> list[list[Cell]]:
    """Rows for the file; amounts are numbers."""
    return [
        [
            *(match.line.date, row.account, row.party, row.text),
            *(Money(match.line.amount, match.line.currency).decimal, match.line.currency),
            joined(*(f"{part.label} {part.amount}" for part in row.parts), row.more),
            *(row.reason, row.who, row.when, row.changed, site + row.line_url),
        ]
        for match, row in zip(matches, match_rows(desk, matches), strict=True)
    ]
