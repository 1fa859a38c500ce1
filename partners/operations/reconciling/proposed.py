"""Taking what was proposed: the short name that a form carries, as an explanation."""

from django.db.models import Max

from partners.models import BankMatch, MatchPart, StatementLine
from partners.operations.reconciling.matching import Explanation, Piece
from partners.operations.reconciling.refusals import NothingLikeThat
from partners.queries.reconciliation.payouts import PayoutFound, payouts_of

KINDS = {"b": MatchPart.Kind.BATCH, "g": MatchPart.Kind.GIFT}


def pieces_named(tokens: str) -> list[Piece]:
    """Batches and gifts by their short names, all that is open of each: "b12.g7". Raises NothingLikeThat."""
    named = [token for token in tokens.split(".") if token]
    if not named or not all(token[0] in KINDS and token[1:].isdigit() and token.isascii() for token in named):
        raise NothingLikeThat
    return [Piece(KINDS[token[0]], token=token) for token in dict.fromkeys(named)]


def as_proposed(line: StatementLine, name: str) -> Explanation:
    """The explanation that a proposal stands for: "amount:b12", "payout:STRIPE/po_1". Raises NothingLikeThat."""
    basis, _, what = name.partition(":")
    if basis not in BankMatch.Basis.values or not what:
        raise NothingLikeThat
    if basis != BankMatch.Basis.PAYOUT:
        return Explanation(line, pieces_named(what), basis)
    account, _, payout = what.partition("/")
    return of_payout(line, account, payout)


def of_payout(line: StatementLine, account: str, payout: str) -> Explanation:
    """Every charge by its gift, what the processor kept, and what came from other currencies. Charges without gift, and
    what is neither charge nor fee, are not explained by it. Raises NothingLikeThat.
    """
    found = payout_at(account, payout, line.currency)
    pieces = [
        Piece(MatchPart.Kind.GIFT, token=f"g{found.gifts[each.gift_number].pk}")
        for each in found.charges
        if found.is_kept(each)
    ]
    if found.fees.minor:
        pieces.append(Piece(MatchPart.Kind.FEE, -found.fees.minor))
    if found.converted:
        pieces.append(Piece(MatchPart.Kind.ASIDE, found.converted, reason=MatchPart.Reason.CONVERTED))
    return Explanation(line, pieces, BankMatch.Basis.PAYOUT, (account, payout))


def payout_at(account: str, payout: str, currency: str) -> PayoutFound:
    """A payout by its processor and number, as it stands. Raises NothingLikeThat."""
    lines = StatementLine.objects.standing().filter(account=account, payout=payout, currency=currency)
    day = lines.aggregate(day=Max("payout_date"))["day"]
    found = payouts_of([(account, payout, currency, day)]) if day else {}
    if (account, payout) not in found:
        raise NothingLikeThat
    return found[account, payout]
