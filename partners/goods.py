"""What a receipt has to say of goods: what was given in kind, and what the giver got in return. One rule for every door
by which a person, a program or a file records, corrects or keys a gift.

A receipt makes exactly one of three statements (IRC §170(f)(8)(B)): nothing was given in return; something was, with
its description and a good-faith estimate of its value; or nothing but intangible religious benefits.
"""

from dataclasses import dataclass, fields

from core.errors import Refused

IN_KIND = "in_kind"
"""The kind of a gift that is goods and no shares."""


class NotDescribed(Refused):
    """A receipt for goods says what was given."""

    code = "gift_not_described"
    status = 422
    field = "description"
    message = "Say what was given: a receipt for goods describes them and names no value."


class ValueAboveGift(Refused):
    """What a giver got in return is a part of what was given."""

    code = "value_above_gift"
    status = 422
    field = "fair_market_value"
    message = "What the giver got in return cannot be worth more than the gift, nor less than nothing."


class ReturnNotDescribed(Refused):
    """A value without words says too little."""

    code = "return_not_described"
    status = 422
    field = "in_return"
    message = "Say what the giver got in return: a statement describes it beside its value."


class ReturnNotValued(Refused):
    """Words without a value say too little."""

    code = "return_not_valued"
    status = 422
    field = "fair_market_value"
    message = (
        "Estimate in good faith what the giver's benefit was worth, above zero. A mere token is neither described nor "
        "valued: then leave both empty."
    )


class TwoStatements(Refused):
    """A gift has one statement on what was given in return."""

    code = "two_statements"
    status = 422
    field = "intangible"
    message = (
        "Either something of value was given in return, or nothing but intangible religious benefits: a statement "
        "cannot say both."
    )


@dataclass(frozen=True)
class Goods:
    """What is said of a gift: `description` of what was given, `in_return` and `fair_market_value` (minor units of the
    gift's currency) of what the giver got, or that all of it was `intangible`.
    """

    kind: str
    description: str = ""
    in_return: str = ""
    fair_market_value: int | None = None
    intangible: bool = False


GOODS_FIELDS = tuple(each.name for each in fields(Goods))
"""The columns of a gift that this rule looks at."""


def check_goods(goods: Goods, total: int) -> None:
    """Raises NotDescribed, ValueAboveGift, TwoStatements, ReturnNotDescribed, ReturnNotValued; `total` is the gift in
    minor units.
    """
    value, words = goods.fair_market_value, goods.in_return.strip()
    if goods.kind == IN_KIND and not goods.description.strip():
        raise NotDescribed
    if value is not None and not 0 <= value <= total:
        raise ValueAboveGift
    if goods.intangible and (value is not None or words):
        raise TwoStatements
    if value and not words:
        raise ReturnNotDescribed
    if words and not value:
        raise ReturnNotValued
