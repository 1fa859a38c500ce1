"""What a file says of goods is judged by the rule of every other door, over all lines of a gift."""

from collections import defaultdict

from core.errors import Refused
from partners.goods import Goods, NotDescribed, ReturnNotDescribed, check_goods
from partners.imports.context import GiftId
from partners.imports.gift_rows import GiftRow
from partners.imports.judged import Noted, Verdict
from partners.imports.layouts import Bound
from partners.imports.row_notes import Notes

_COLUMN = {"fair_market_value": "fmv"}
_JUDGED = frozenset({Verdict.CREATE, Verdict.REPEAT})


def check_goods_told(rows: list[GiftRow], bound: Bound, notes: Notes) -> None:
    """Keep out every new line of a gift whose goods are told wrongly, with the column and what to do.

    In our own layout words that are missing are said and no more: such a file may be the list of another installation,
    whose gifts of older systems were never described, and none of them may be lost on the way.
    """
    told: defaultdict[GiftId, list[GiftRow]] = defaultdict(list)
    for row in rows:
        if row.goods is not None and row.verdict is Verdict.CREATE:
            told[row.gift].append(row)
    if not told:
        return
    lines: defaultdict[GiftId, list[GiftRow]] = defaultdict(list)
    for row in rows:
        if row.gift in told and row.verdict in _JUDGED and row.first:
            lines[row.gift].append(row)
    for gift, saying in told.items():
        if refusal := wrong_with(saying, lines[gift], bound):
            stays = bound.layout.ours and isinstance(refusal, (NotDescribed, ReturnNotDescribed))
            for row in lines[gift]:
                row.verdict = row.verdict if stays or row.verdict is not Verdict.CREATE else Verdict.ERROR
            field = getattr(refusal, "field", "")
            fact = _COLUMN.get(field, field)
            note = Noted(
                saying[0].row, saying[0].line, bound.column(fact), refusal.code, str(refusal), saying[0].key_text
            )
            notes.add("warnings" if stays else "errors", note)


def wrong_with(saying: list[GiftRow], lines: list[GiftRow], bound: Bound) -> Refused | None:
    """What is wrong with the goods of one gift; None where they are told well."""
    total = sum(row.amount.minor for row in lines if row.amount)
    try:
        check_goods(together([row.goods for row in saying if row.goods], bound), total)
    except Refused as refusal:
        return refusal
    return None


def together(told: list[Goods], bound: Bound) -> Goods:
    """What all lines of a gift say of it. A value stands for itself where the file has no column for its words."""
    values = [each.fair_market_value for each in told if each.fair_market_value is not None]
    can_say = "in_return" in bound.named
    words = next((each.in_return for each in told if each.in_return), "")
    return Goods(
        next((each.kind for each in told if each.kind), ""),
        next((each.description for each in told if each.description), ""),
        words or ("" if can_say or not sum(values) else "?"),
        sum(values) if values else None,
        any(each.intangible for each in told),
    )
