"""A list of many columns is read on a phone without pushing it sideways: its lines become blocks there."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FEW = 3
"""So many columns have room on 390 px."""
STILL_TABLES = {"delivery/notice_choices.html", "look/_lists.html"}
"""A matrix of short columns that fits, and the gallery. Nothing comes in."""
TABLE = re.compile(r'<table class="(list[^"]*)">.*?<thead[^>]*>(.*?)</thead>', re.DOTALL)
HEAD = re.compile(r'<th scope="col"|\{% sort_header ')


def wide_lists(source: str) -> list[int]:
    """How many columns the lists of a template have that stay tables on a phone."""
    return [
        count
        for words, head in TABLE.findall(source)
        if not {"list-cards", "list-told"} & set(words.split()) and (count := len(HEAD.findall(head))) > FEW
    ]


def test_lists_are_blocks_on_a_phone() -> None:
    found = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if wide_lists(path.read_text())}
    assert found == STILL_TABLES


def test_a_wide_list_would_be_found() -> None:
    heads = '<th scope="col">A</th>' * (FEW + 1)
    table = f'<table class="list list-dense"><caption>Gifts</caption><thead><tr>{heads}</tr></thead></table>'
    assert wide_lists(table) == [FEW + 1]
    assert wide_lists(table.replace("list list-dense", "list list-cards")) == []
    assert wide_lists(table.replace('<th scope="col">A</th>', "", 1)) == []
