"""Opening a file by the rules of a person, and listing those of its values that nobody knows yet."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from core.money import UnknownCurrency, exponent
from core.quoting import quoted
from imports.mapping.rules import Rules, missing_in, value_key
from imports.mapping.targets import Target
from imports.reading.cells import legible
from imports.reading.delimited import Table
from imports.reading.findings import FileRefused
from imports.reading.writing import Opened, open_written
from partners.imports.context import Context
from partners.imports.layouts import Bound, Cells, Layout, bind
from partners.imports.mapped.facts import TARGETS
from partners.imports.mapped.layout import Reader, is_known, layout_for
from partners.imports.sentences import ROW_SENTENCES

MOST_VALUES = 300
"""So many values of one fact are told; where there are more, the column is no list."""
VALUE_LENGTH = 200
MOST_SHEETS = 10


def target_of(rules: Rules) -> Target:
    """What the rows of a file become."""
    return next(target for target in TARGETS if target.name == rules.kind)


def open_by_rules(data: bytes, rules: Rules) -> Opened:
    """The table of a file, with every column that the rules name. Raises FileRefused."""
    opened = open_written(data, rules.writing)
    if missing := missing_in(rules, opened.table.columns):
        named = ", ".join(f"“{column}” ({fact.replace('_', ' ')})" for fact, column in missing.items())
        raise FileRefused(
            "missing_column", f"The mapping names columns that this file has not got: {named}. Map its columns anew."
        )
    if (stated := rules.fixed.get("currency", "").upper()) and not _is_currency(stated):
        raise FileRefused("currency", f"{quoted(stated)} is not a currency code of ISO 4217, like USD or EUR.")
    return opened


def warnings_of(opened: Opened) -> Iterator[tuple[str, str]]:
    """(Code, sentence) of what a workbook holds that a person may not have in sight."""
    if opened.others:
        named = ", ".join(f"“{legible(name)[:60]}”" for name in opened.others[:MOST_SHEETS])
        yield "other_sheets", f"{ROW_SENTENCES['other_sheets']} {named}"
    if opened.hidden:
        yield "hidden_rows", f"{ROW_SENTENCES['hidden_rows']} ({opened.hidden})"


def _is_currency(code: str) -> bool:
    try:
        exponent(code)
    except UnknownCurrency:
        return False
    return True


def layout_and_facts(opened: Opened, rules: Rules, context: Context) -> tuple[Layout, dict[str, Any]]:
    """The layout of a file of gifts, partners or commitments, and what is told of its values."""
    layout = layout_for(rules, counted=opened.is_workbook)
    bound = bind(layout, opened.table)
    told = values_told(opened.table, bound, Reader(rules, target_of(rules)), context)
    return layout, {"values": told} if told else {}


def values_told(table: Table, bound: Bound, reader: Reader, context: Context) -> list[dict[str, Any]]:
    """The values that are not known and those that were mapped, each with its fact and how often it stands there."""
    facts = [fact for fact in reader.target.valued if fact in bound.named or reader.rules.fixed.get(fact)]
    counted: dict[str, Counter[str]] = {fact: Counter() for fact in facts}
    shown: dict[tuple[str, str], str] = {}
    for record in table.records():
        row = Cells(record, bound)
        for fact in facts:
            if said := reader.said(row, fact):
                key = value_key(said)
                counted[fact][key] += 1
                shown.setdefault((fact, key), said)
    return [
        {"fact": fact, "text": legible(text)[:VALUE_LENGTH], "count": count, "mapped": meant is not None}
        for fact in facts
        for text, count, meant in _asked(counted[fact], shown, fact, reader.rules, context)
    ]


def _asked(
    counted: Counter[str], shown: dict[tuple[str, str], str], fact: str, rules: Rules, context: Context
) -> list[tuple[str, int, Any]]:
    """The most frequent first."""
    texts = ((shown[fact, key], count) for key, count in counted.most_common())
    asked = (
        (text, count, meant)
        for text, count in texts
        if (meant := rules.meant(fact, text)) is not None or not is_known(rules, fact, text, context)
    )
    return [found for _, found in zip(range(MOST_VALUES), asked, strict=False)]
