"""Saying what a line of the bank brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.money import Money
from funds import locks
from funds.models import Account
from partners.models import BankMatch, GiftCorrection, MatchPart, StatementLine
from partners.operations.reconciling.refusals import (
    ChosenTwice,
    FeeAdds,
    LineGone,
    LineMatched,
    MatchedBefore,
    MatchGone,
    NotExplained,
    NothingChosen,
    NotOpenForMatch,
    OtherDeposit,
)
from partners.queries.reconciliation.accounts import bank_accounts
from partners.queries.reconciliation.books import Booked, booked_by_token
from partners.queries.reconciliation.lines import incoming

RECONCILIATION = "reconciliation"
Kind = MatchPart.Kind


@dataclass(frozen=True)
class Piece:
    """A part of what explains a line. `token` names a batch (b12) or a gift (g7); `amount` in minor units, None for
    all that is open of it. A fee is negative. Money that is no gift has a reason.
    """

    kind: str
    amount: int | None = None
    token: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Explanation:
    """What a line is. `takes_rest`: of the last batch or gift only what the others leave of the line."""

    line: StatementLine
    pieces: Sequence[Piece]
    basis: str = BankMatch.Basis.HAND
    payout: tuple[str, str] = ("", "")
    takes_rest: bool = False

    def content(self) -> list[Any]:
        """What is compared when the form comes twice."""
        pieces = [[each.kind, each.amount, each.token, each.reason, each.note] for each in self.pieces]
        return [self.line.pk, pieces, list(self.payout), self.takes_rest]


@transaction.atomic
def match_lines(
    *, agency: Agency, actor: User | None, explanations: Sequence[Explanation], key: str
) -> list[BankMatch]:
    """Match lines, all or none, once per idempotency `key`. What explains a line comes to it to the cent.

    Raises NothingChosen, ChosenTwice, FeeAdds, MatchedBefore, LineGone, LineMatched, NotOpenForMatch, OtherDeposit,
    NotExplained, MatchGone where it comes again after a match was taken back, and what `once` raises.
    """
    if not explanations or not all(each.pieces for each in explanations):
        raise NothingChosen

    def effect() -> dict[str, Any]:
        locks.hold(RECONCILIATION, agency)
        places = {each.account: each.deposit for each in bank_accounts()}
        return {"matches": [match_line(agency, actor, each, places).pk for each in explanations]}

    content = [each.content() for each in explanations]
    answer = once(agency=agency, endpoint="match_lines", key=key, content=content, effect=effect)
    made = list(BankMatch.objects.filter(pk__in=answer["matches"]).select_related("line").order_by("pk"))
    if any(match.undone_at for match in made):
        raise MatchGone
    return made


def match_line(agency: Agency, actor: User | None, said: Explanation, places: Mapping[str, Account]) -> BankMatch:
    """One match with its parts; `places`: account of statements → deposit account. Who calls holds the lock."""
    line = said.line
    if not incoming().filter(pk=line.pk).exists():
        raise LineGone
    if BankMatch.objects.standing().filter(line=line).exists():
        raise LineMatched
    parts = parts_of(said, places[line.account])
    gap = line.amount - sum(part.amount for part in parts)
    if gap:
        raise NotExplained(Money(gap, line.currency))
    account, payout = said.payout
    match: BankMatch = BankMatch.objects.create(
        agency=agency, line=line, basis=said.basis, payout_account=account, payout=payout, made_by=actor
    )
    for part in parts:
        part.match = match
    MatchPart.objects.bulk_create(parts)
    changes = {
        "amount": Money(line.amount, line.currency).decimal_string(),
        "batches": sum(part.kind == Kind.BATCH for part in parts),
        "gifts": sum(part.kind == Kind.GIFT for part in parts),
    }
    audit.record(actor=actor, verb="match line", of=match, label=f"statement line {line.pk}", changes=changes)
    return match


def parts_of(said: Explanation, place: Account) -> list[MatchPart]:
    """The parts as rows, judged, for a line that came to `place`. Three queries. Raises as `match_lines`."""
    tokens = [each.token for each in said.pieces if each.token]
    if len(set(tokens)) < len(tokens):
        raise ChosenTwice
    if any(each.kind == Kind.FEE and (each.amount or 0) > 0 for each in said.pieces) and not any(said.payout):
        raise FeeAdds
    deposits = dict(Account.objects.filter(kind=Account.Kind.DEPOSIT).values_list("pk", "name"))
    booked = booked_by_token(tokens, list(deposits))
    amounts = [amount_of(each, booked, said.line.currency) for each in said.pieces]
    elsewhere = next((item for item in booked.values() if item.deposit_id != place.pk), None)
    if elsewhere is not None and not any(said.payout):
        raise OtherDeposit(place.name, deposits[elsewhere.deposit_id])
    if is_matched_before({booked[each.token].pk for each in said.pieces if each.kind == Kind.GIFT}):
        raise MatchedBefore
    if said.takes_rest:
        last = max((place for place, each in enumerate(said.pieces) if each.token), default=None)
        if last is None:
            raise NothingChosen
        rest = said.line.amount - sum(amount for place, amount in enumerate(amounts) if place != last)
        amounts[last] = rest if fits(rest, amounts[last]) else amounts[last]
    return [
        MatchPart(
            agency=said.line.agency,
            kind=each.kind,
            amount=amount,
            batch_id=booked[each.token].pk if each.kind == Kind.BATCH else None,
            gift_id=booked[each.token].pk if each.kind == Kind.GIFT else None,
            reason=each.reason,
            note=each.note[:250],
        )
        for each, amount in zip(said.pieces, amounts, strict=True)
    ]


def is_matched_before(gifts: set[int]) -> bool:
    """Whether a match stands for a gift in whose place one of these came, however often it was corrected. A query for
    each time, and one.
    """
    before: set[int] = set()
    while gifts:
        found = GiftCorrection.objects.filter(replacement__in=gifts).values_list("gift", flat=True)
        gifts = set(found) - before
        before |= gifts
    standing = MatchPart.objects.filter(gift__in=before, match__undone_at=None)
    return bool(before) and standing.exists()


def amount_of(piece: Piece, booked: dict[str, Booked], currency: str) -> int:
    """What a piece comes to. Raises NotOpenForMatch, NothingChosen."""
    if piece.kind not in (Kind.BATCH, Kind.GIFT):
        if not piece.amount or (piece.kind == Kind.ASIDE) != (piece.reason in MatchPart.Reason.values):
            raise NothingChosen
        return piece.amount
    item = booked.get(piece.token)
    if item is None or item.kind != piece.kind or item.currency != currency or not item.open:
        raise NotOpenForMatch
    amount = item.open if piece.amount is None else piece.amount
    if not fits(amount, item.open):
        raise NotOpenForMatch
    return amount


def fits(amount: int, left: int) -> bool:
    """Whether an amount lies between nothing and what is left, of the same sign."""
    return 0 < amount <= left or left <= amount < 0
