"""Files of other systems that no sample has: every figure to the cent, and whatever stays out is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from imports.reading.glance import glance_at
from imports.reading.letters import letters_of
from imports.reading.writing import Writing
from tests.partners.imports.variants.judging import brought

HERE = Path(__file__).parent
FILES = HERE / "files"
EXPECTED: dict[str, dict[str, Any]] = json.loads((HERE / "expected.json").read_text())


def test_every_file_is_expected() -> None:
    assert {path.name for path in FILES.iterdir()} == EXPECTED.keys()
    assert len(EXPECTED) > 80


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_of_another_system(name: str) -> None:
    expected = dict(EXPECTED[name])
    order = expected.pop("order", "ymd")
    assert brought(FILES / name, order) == expected


def test_a_statement_without_a_header_loses_no_row() -> None:
    seen = glance_at(FILES / "bank_wells_fargo_no_header.csv", Writing(), 2027)
    assert (seen.rows, seen.names) == (2, ("#1", "#2", "#3", "#4", "#5"))


@pytest.mark.parametrize(
    ("text", "encoding", "read_as"),
    [
        ("José Muñoz, Zoë Müller", "mac_roman", "mac-roman"),
        ("José Muñoz, Zoë Müller", "cp1252", "cp1252"),
        ("O’Brien – “Žižek” & Œuvre, 5 €", "cp1252", "cp1252"),
        ("Grüße", "mac_roman", "mac-roman"),
        ("Grüße", "cp1252", "cp1252"),
        ("Škoda, Žofie Dušková", "cp1252", "cp1252"),
    ],
)
def test_letters_of_a_mac_are_known_by_its_words(text: str, encoding: str, read_as: str) -> None:
    assert letters_of(text.encode(encoding)).encoding == read_as
