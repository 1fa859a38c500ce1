"""Databases of TntConnect as no sample has them: empty ones, and in the letters of Windows."""

import pytest

from imports.management.commands.import_file import in_words
from partners.imports.checking import check_file
from tests.partners.imports.formats.judging import context, lines_of, said
from tests.partners.imports.told import told

GIFT = '<Gift><row id="1"><Amount>5.00</Amount><GiftDate>2026-07-15</GiftDate></row></Gift>'


@pytest.mark.parametrize(
    "tables", ["", "<Contact></Contact><Gift/>", '<Task><row id="1"><Subject>Call</Subject></row></Task>']
)
def test_a_database_without_contacts_and_gifts_says_so(tables: str) -> None:
    file = check_file(f"<Database><Tables>{tables}</Tables></Database>".encode(), context())
    facts = told(file)
    assert (facts["outcome"], facts["format"], facts["gifts"]) == ("accept_with_warnings", "tnt_xml", 0)
    assert said(file, "warnings") == [(0, "no_rows")]
    assert "There are no contacts and no gifts" in in_words(facts | {"applied": False, "import": ""})


def test_a_database_in_utf_16_that_says_so_is_read() -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?>\n<Database><Tables>{GIFT}</Tables></Database>'
    (line,) = lines_of(check_file(text.encode("utf-16"), context()))
    assert line.amount
    assert line.amount.decimal_string() == "5.00"
