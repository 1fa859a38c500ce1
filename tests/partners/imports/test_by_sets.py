"""Large imports join by sets, also while the planner knows nothing of the rows that just came."""

from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from agencies.models import Agency
from imports.operations import apply_import, check_import, receive_file
from partners.imports.by_sets import FEW, joined_by_sets

HEADER = "gift_id,gift_date,donor_id,designation,amount\n"


def nestloop() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(("rows", "inside_of_it"), [(FEW, "on"), (FEW + 1, "off")])
def test_only_many_rows_are_joined_by_sets(rows: int, inside_of_it: str, db: None) -> None:
    with joined_by_sets(rows):
        assert nestloop() == inside_of_it
    assert nestloop() == "on"


def bring(agency: Agency, actor: User, rows: int) -> None:
    """Import a file of so many gifts."""
    content = HEADER + "".join(f"{n},2026-01-05,7,0100,1.00\n" for n in range(rows))
    run = receive_file(agency=agency, actor=actor, name="many.csv", content=content.encode(), check=False)
    apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=run))


@pytest.mark.parametrize(("rows", "loops"), [(5, True), (FEW + 50, False)])
def test_a_file_of_many_gifts_is_compared_and_written_without_loops(
    rows: int, loops: bool, inside: Agency, alice: User
) -> None:
    plans: list[bool] = []
    written: list[str] = []

    def look(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if "LEFT JOIN heirs" in text:
            with connection.connection.cursor() as cursor:  # asked beside the wrapper
                cursor.execute("EXPLAIN " + text, params)
                plans.append(any("Nested Loop" in row[0] for row in cursor.fetchall()))
        if "INSERT INTO funds_entry" in text:
            written.append(nestloop())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        bring(inside, alice, rows)
        bring(inside, alice, rows)
    assert len(plans) == 4  # each is checked, and judged again when it is applied
    assert loops or not any(plans)  # few rows may be joined either way, as the planner's figures say
    assert written[0] == ("on" if loops else "off")
    assert nestloop() == "on"


def expected_gifts() -> int:
    """How many rows the planner expects in the table of gifts."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT id FROM partners_gift WHERE agency_id > 0")
        return int(str(cursor.fetchall()[0][0]).partition("rows=")[2].partition(" ")[0])


@pytest.mark.parametrize(("rows", "knows"), [(FEW, False), (FEW * 20, True)])
def test_after_a_large_import_the_planner_knows_what_came(rows: int, knows: bool, inside: Agency, alice: User) -> None:
    asked: list[str] = []

    def look(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        asked.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        bring(inside, alice, rows)
    assert any("figures_after_import" in sql for sql in asked) is knows
    assert not knows or expected_gifts() > rows / 2
