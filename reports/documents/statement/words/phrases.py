"""Which phrases a language must have. Names in braces are filled in by `page.py`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All phrases of a statement in one language; `lang` is its BCP 47 tag."""

    lang: str
    title: str
    number: str
    issued: str
    tax_id: str
    corrected: str
    thanks: str
    no_gifts: str
    gifts_in: str
    total_in: str
    date: str
    designation: str
    tendered: str
    in_return: str
    amount: str
    refund: str
    tendered_note: str
    goods_title: str
    goods_description: str
    goods_note: str
    nothing: str
    described: str
    goods_or_services: str
    intangible: str
    law_title: str
    law_nothing: str
    law_described: str
    law_intangible: str
    disclosure_title: str
    disclosure: str
    disclosure_excess: str
    recognition_title: str
    recognition_note: str
    through: str
    control: str
    keep: str
    page: str
