"""Goods and receipts of files: by the rule of every other door, out and in again, and never receipted twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from agencies.scope import Scope
from imports.mapping.rules import Rules
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file
from imports.reading.writing import Writing
from partners.models import Gift
from reports.queries.standing import lines_of_year
from tests.imports.conftest import harbor
from tests.partners.exporting.trips import brought, open_designations, seat_for, taken
from tests.partners.imports.formats.judging import judge, lines_of, said

__all__ = ["harbor"]
Bring = Callable[[str], ImportRun]
HEAD = (
    "gift_id,gift_date,donor_id,donor_name,designation,amount,currency,type,fmv,description,in_return,intangible,"
    "receipted\n"
)
ROWS = (
    "1,2026-03-01,7,Ruth Moab,0900101,100.00,USD,gift,25.00,,Dinner,,\n"
    "2,2026-03-02,7,Ruth Moab,0900101,40.00,USD,gift,,,,yes,\n"
    "3,2026-03-03,7,Ruth Moab,0900101,500.00,USD,in_kind,,Used laptop,,,\n"
    "4,2026-03-04,7,Ruth Moab,0900101,60.00,USD,gift,,,,,2026-03-05\n"
    "5,2026-03-05,7,Ruth Moab,0900101,70.00,USD,gift,,,,,no\n"
)
ROW = {
    "gift_id": "1",
    "gift_date": "2026-03-01",
    "donor_id": "7",
    "designation": "0100",
    "amount": "100.00",
    "type": "gift",
    "fmv": "",
    "description": "",
    "in_return": "",
    "intangible": "",
    "receipted": "",
}


@pytest.fixture
def bring(harbor: Agency, alice: User) -> Bring:
    """Check and apply the text of a file."""

    def run(text: str) -> ImportRun:
        received = receive_file(agency=harbor, actor=alice, name="gifts.csv", content=text.encode(), check=False)
        return apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))

    return run


def goods() -> list[tuple[object, ...]]:
    told = ("external_id", "fair_market_value", "description", "in_return", "intangible", "receipted_elsewhere")
    return list(Gift.objects.order_by("external_id").values_list(*told))


def test_what_a_file_says_of_goods_and_receipts_stands(bring: Bring) -> None:
    bring(HEAD + ROWS)
    assert goods() == [
        ("1", 2500, "", "Dinner", False, False),
        ("2", None, "", "", True, False),
        ("3", None, "Used laptop", "", False, False),
        ("4", None, "", "", False, True),
        ("5", None, "", "", False, False),
    ]


def test_a_gift_that_another_system_receipted_is_on_no_statement(bring: Bring) -> None:
    bring("donor_id,display_name\n7,Ruth Moab\n")
    bring(HEAD + ROWS)
    bring(HEAD.replace("receipted", "reverses") + "6,2026-04-01,7,,0900101,-60.00,USD,refund,,,,,4\n")
    standing = dict(lines_of_year(2026).values_list("gift__external_id", "standing"))
    assert standing == {
        "1": "money",
        "2": "money",
        "3": "goods",
        "4": "elsewhere",
        "5": "money",
        "6": "elsewhere",
    }


def test_out_and_in_again_is_the_same(
    bring: Bring, harbor: Agency, alice: User, elsewhere: Agency, mallory: User, tmp_path: Path
) -> None:
    bring(HEAD + ROWS)
    before = [row[1:] for row in goods()]
    file = taken(seat_for(harbor, alice), "gifts", "canonical", tmp_path)
    assert brought(harbor, alice, file).applied["gift_lines"] == 0
    with scope.within(Scope(agency_id=elsewhere.pk)):
        open_designations(elsewhere, mallory)
        assert brought(elsewhere, mallory, file).applied["gift_lines"] == 5
        assert [row[1:] for row in goods()] == before


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"in_return": "Dinner"}, [(1, "return_not_valued")]),
        ({"fmv": "100.01", "in_return": "Dinner"}, [(1, "value_above_gift")]),
        ({"fmv": "25.00", "in_return": "Dinner", "intangible": "yes"}, [(1, "two_statements")]),
        ({"intangible": "perhaps"}, [(1, "yes_or_no")]),
        ({"receipted": "soon"}, [(1, "receipted")]),
        ({"receipted": "31.12.2025"}, []),
        ({"receipted": "1899-12-30"}, []),
        ({"type": "in_kind", "description": "A car"}, []),
    ],
)
def test_goods_that_are_told_wrongly_keep_the_gift_out(changes: dict[str, str], errors: list[tuple[int, str]]) -> None:
    assert said(judge([ROW | changes]), "errors") == errors


@pytest.mark.parametrize(
    ("changes", "code"), [({"fmv": "25.00"}, "return_not_described"), ({"type": "in_kind"}, "gift_not_described")]
)
def test_what_another_installation_never_described_comes_in_and_is_said(changes: dict[str, str], code: str) -> None:
    file = judge([ROW | changes])
    assert (said(file, "errors"), said(file, "warnings")) == ([], [(1, code)])
    assert [line.verdict.value for line in lines_of(file)] == ["create"]


def test_a_mapped_file_with_a_column_for_words_is_asked_for_them() -> None:
    columns = {"gift_date": "Day", "amount": "Sum", "fmv": "Worth", "in_return": "Got", "type": "Kind"}
    rules = Rules(kind="gifts", columns=columns, writing=Writing(), order="ymd", header=tuple(columns.values()))
    rows = [
        {"Day": "2026-03-01", "Sum": "10.00", "Worth": "5.00", "Got": "", "Kind": "gift"},
        {"Day": "2026-03-01", "Sum": "11.00", "Worth": "5.00", "Got": "Book", "Kind": "gift"},
        {"Day": "2026-03-01", "Sum": "12.00", "Worth": "", "Got": "", "Kind": "in kind"},
    ]
    file = judge(rows, knows={"rules": rules})
    assert said(file, "errors") == [(1, "return_not_described")]


def test_a_wrong_word_keeps_all_lines_of_the_gift_out() -> None:
    rows = [ROW | {"in_return": "Dinner"}, ROW | {"designation": "0200"}, ROW | {"gift_id": "2"}]
    file = judge(rows)
    assert [line.verdict.value for line in lines_of(file)] == ["error", "error", "create"]


def test_the_value_in_return_is_held_against_the_whole_gift() -> None:
    rows = [ROW | {"amount": "60.00", "fmv": "80.00", "in_return": "Dinner"}, ROW | {"designation": "0200"}]
    assert said(judge(rows), "errors") == []


def test_a_file_without_columns_for_words_is_not_asked_for_them() -> None:
    bare = {name: text for name, text in ROW.items() if name not in {"description", "in_return", "intangible"}}
    assert said(judge([bare | {"fmv": "25.00"}, bare | {"gift_id": "2", "type": "in_kind"}]), "errors") == []


@given(st.integers(min_value=1, max_value=10**10), st.integers(min_value=0, max_value=10**10))
def test_a_value_is_never_more_than_its_gift(amount: int, value: int) -> None:
    told = {"amount": f"{amount // 100}.{amount % 100:02}", "fmv": f"{value // 100}.{value % 100:02}"}
    found = said(judge([ROW | told | {"in_return": "Dinner" if value else ""}]), "errors")
    assert found == ([] if value <= amount else [(1, "value_above_gift")])
