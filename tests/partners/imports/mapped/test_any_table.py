"""Any table that is mapped gives exactly the gifts of the canonical file, however it is written."""

import csv
import datetime as dt
import io
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import Money
from imports.mapping.rules import Rules, rules_of
from imports.reading.delimited import column_key
from imports.reading.writing import Writing
from partners.imports.checking import check_file
from partners.imports.context import Context
from partners.imports.judged import JudgedGiftLine

FACTS = ("gift_id", "gift_date", "donor_id", "designation", "amount", "currency", "method", "memo")
CONTEXT = Context(
    "USD",
    dt.date(2026, 11, 21),
    default_source="HLM",
    designations={"0100", "0200"},
    donors={("HLM", "7"), ("HLM", "8")},
)
ENCODINGS = {"utf-8": "aé漢م", "utf-8-sig": "aé漢م", "cp1252": "aéß€", "utf-16": "aé漢م", "cp1251": "aжя"}
Gift = tuple[str, dt.date, str, str, int, str, str, str]


@dataclass(frozen=True)
class Written:
    """How one file is written: header names and order, delimiter, letters, days, numbers, what is around."""

    names: dict[str, str]
    order: list[str]
    delimiter: str
    encoding: str
    days: str
    mark: str
    group: str
    figures: str
    above: int
    total: bool
    others: int


def day_in(day: dt.date, how: str) -> str:
    ways = {"dmy": "%d/%m/%Y", "dots": "%d.%m.%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d", "short": "%d.%m.%y"}
    return day.strftime(ways[how])


def amount_in(minor: int, how: Written) -> str:
    whole = f"{abs(minor) // 100:,}".replace(",", how.group)
    text = f"{'-' if minor < 0 else ''}{whole}{how.mark}{abs(minor) % 100:02}"
    return "".join(chr(ord(how.figures) + int(sign)) if sign.isdigit() else sign for sign in text)


def as_file(gifts: list[Gift], how: Written) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=how.delimiter, lineterminator="\r\n")
    for line in range(how.above):
        out.write(f"Export {line}\r\n")
    header = [how.names[fact] for fact in how.order] + [f"Other {place}" for place in range(how.others)]
    writer.writerow(header)
    for gift in gifts:
        said = dict(zip(FACTS, gift, strict=True))
        said |= {"gift_date": day_in(gift[1], how.days), "amount": amount_in(gift[4], how)}
        writer.writerow([said[fact] for fact in how.order] + ["x"] * how.others)
    if how.total:
        out.write("Total" + how.delimiter + "\r\n")
    return out.getvalue().encode(how.encoding)


def canonical(gifts: list[Gift]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*FACTS, "type"])
    for gift in gifts:
        amount = Money(gift[4], gift[5]).decimal_string()
        writer.writerow(
            [gift[0], gift[1].isoformat(), *gift[2:4], amount, *gift[5:], "refund" if gift[4] < 0 else "gift"]
        )
    return out.getvalue().encode()


def rules_for(how: Written) -> Rules:
    order = {"dots": "dmy", "short": "dmy"}.get(how.days, how.days)
    encoding = {"utf-8-sig": "", "utf-16": "", "utf-8": ""}.get(how.encoding, how.encoding)
    writing = Writing(encoding, how.delimiter, how.above + 1)
    columns = {fact: how.names[fact] for fact in FACTS}
    return Rules("gifts", columns, writing=writing, order=order, mark=how.mark, header=tuple(how.names.values()))


@st.composite
def ways(draw: Any) -> Written:
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    letters = st.text(ENCODINGS[encoding] + "bcdeN °", min_size=1, max_size=12)
    names = draw(
        st.lists(
            letters.filter(lambda name: name.strip() and not name.strip().isdigit()),
            min_size=len(FACTS),
            max_size=len(FACTS),
            unique_by=column_key,
        )
    )
    mark = draw(st.sampled_from(".,"))
    narrow = encoding in {"cp1252", "cp1251"}
    groups = ["", {".": ",", ",": "."}[mark], " ", "'", "\u00a0"] + ([] if narrow else ["\u202f"])
    return Written(
        names={fact: name.strip() for fact, name in zip(FACTS, names, strict=True)},
        order=draw(st.permutations(FACTS)),
        delimiter=draw(st.sampled_from(",;\t|")),
        encoding=encoding,
        days=draw(st.sampled_from(["dmy", "dots", "mdy", "ymd", "short"])),
        mark=mark,
        group=draw(st.sampled_from(groups)),
        figures="0" if narrow else draw(st.sampled_from("0٠۰")),
        above=draw(st.integers(0, 3)),
        total=draw(st.booleans()),
        others=draw(st.integers(0, 3)),
    )


@st.composite
def some_gifts(draw: Any) -> list[Gift]:
    gift = st.tuples(
        st.integers(1, 10**9).map(str),
        st.dates(dt.date(1970, 1, 1), dt.date(2026, 11, 21)),
        st.sampled_from(["7", "8", "007", "99"]),
        st.sampled_from(["0100", "0200", "0900"]),
        st.integers(-(10**8), 10**9).filter(bool),
        st.sampled_from(["USD", "EUR"]),
        st.sampled_from(["check", "card", "bank"]),
        st.sampled_from(["", "for the work", 'she said "thanks", twice', "only for Miller's salary"]),
    )
    return draw(st.lists(gift, min_size=1, max_size=8, unique_by=lambda each: each[0]))


def brought(data: bytes, context: Context, name: str) -> list[JudgedGiftLine]:
    """The gifts without what only tells how their file was written."""
    checked = check_file(data, context, name)
    assert checked.gifts, (checked.outcome, data)
    gone: dict[str, Any] = {"columns": (), "cells": (), "line": 0, "donor_as_given": "", "code": "", "donor_name": ""}
    return [line._replace(**gone) for line in checked.gifts.lines() if line.verdict != "skip"]


@settings(max_examples=150)
@given(some_gifts(), ways())
def test_any_table_gives_the_gifts_of_the_canonical_file(gifts: list[Gift], how: Written) -> None:
    rules = rules_of(rules_for(how).as_json())
    found = brought(as_file(gifts, how), replace(CONTEXT, rules=rules), "auto")
    expected = brought(canonical(gifts), CONTEXT, "generic_gifts")
    assert found == expected


def test_read_in_the_other_order_it_does_not_give_them() -> None:
    """The control: the property would fail if the order did nothing."""
    gifts: list[Gift] = [("1", dt.date(2026, 3, 2), "7", "0100", 500, "USD", "card", "")]
    how = Written({fact: fact.upper() for fact in FACTS}, list(FACTS), ",", "utf-8", "dmy", ".", "", "0", 0, False, 0)
    right, wrong = rules_for(how), replace(rules_for(how), order="mdy")
    days = [brought(as_file(gifts, how), replace(CONTEXT, rules=rules), "auto")[0].date for rules in (right, wrong)]
    assert days == [dt.date(2026, 3, 2), dt.date(2026, 2, 3)]


@pytest.mark.parametrize("mark", [".", ","])
def test_read_with_the_other_mark_the_rows_are_wrong(mark: str) -> None:
    gifts: list[Gift] = [("1", dt.date(2026, 3, 2), "7", "0100", 123_450, "USD", "card", "")]
    how = Written({fact: fact.upper() for fact in FACTS}, list(FACTS), ";", "utf-8", "ymd", mark, "", "0", 0, False, 0)
    rules = replace(rules_for(how), mark={".": ",", ",": "."}[mark])
    (line,) = brought(as_file(gifts, how), replace(CONTEXT, rules=rules), "auto")
    assert (line.verdict, line.amount) == ("error", None)
