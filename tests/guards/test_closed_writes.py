"""Nobody changes what they may not read: every address that writes and carries a unit refuses whom the unit is closed
to (rule T6), on pages and in the API. New addresses are found by themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.models import Agency
from tests.factories.addresses import addresses
from tests.factories.browser import Browser
from tests.factories.parameters import Filled, below, fill_in
from tests.factories.rows import provisioner, scoped_models
from tests.factories.world import Chain, World

pytestmark = pytest.mark.django_db
REFUSED = (403, 404)
HOPS = 2  # from a row to its unit: a line of a budget is two keys away
# Staff, the board, who keeps the books, and the leader of another unit: none of them unmasks the closed one.
OUTSIDERS = ("gina", "dan", "finn", "bob")
REPORT = "makes a paper of what its reader may read; nothing of the unit is changed"
LETTER = "a letter is for people outside: its words are checked for names that are kept, and staff read all of them"
PROMISE = "a promise is a partner's, not the unit's, and goes by the unit's public name"
BOOKS = "finance keeps the books, where a unit stands by its public name"
# Writes for a unit by somebody to whom it is closed, each with the reason why nothing unread is changed.
ALLOWED = {
    "unit_report_start": REPORT,
    "api_unit_report": REPORT,
    "transition_report": REPORT,
    "api_transition_report": REPORT,
    "budget_paper_start": REPORT,
    "api_budget_paper": REPORT,
    "case_start": REPORT,
    "api_case": REPORT,
    "letter_edit": LETTER,
    "letter_approve": LETTER,
    "letter_send": LETTER,
    "letter_time": LETTER,
    "letter_time_back": LETTER,
    "letter_cancel": LETTER,
    "letter_include": LETTER,
    **dict.fromkeys(
        (f"{kind}commitment_{act}" for kind in ("", "api_") for act in ("change", "resume", "end", "reopen", "undo")),
        PROMISE,
    ),
    "designation_edit": BOOKS,
    "designation_close": BOOKS,
    "api_designation": BOOKS,
    "api_designation_close": BOOKS,
    "api_line_assign": BOOKS,
    "api_line_take_back": BOOKS,
    "opening_add": BOOKS,
    "line_assign": BOOKS,
    "line_take_back": BOOKS,
    **dict.fromkeys(
        ("budget_approve", "api_budget_approve"),
        "finance answers for the amounts, which stand before them; words are changed by others",
    ),
}


def path_to_unit(model: type[models.Model], unit: type[models.Model], hops: int = HOPS) -> list[str]:
    """The foreign keys that lead from a model to its unit, [] for the unit itself; LookupError for a row of none."""
    if model is unit:
        return []
    keys = [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]
    for field in keys:
        if field.related_model is unit:
            return [field.column]
    for field in keys if hops > 1 else []:
        try:
            return [field.column, *path_to_unit(field.related_model, unit, hops - 1)]
        except LookupError:
            continue
    raise LookupError(model._meta.label)


def unit_of(cursor: Cursor, model: type[models.Model], pk: int, unit: type[models.Model]) -> int | None:
    """The unit of a row, None for a row of none."""
    try:
        path = path_to_unit(model, unit)
    except LookupError:
        return None
    at: Any = model
    for column in path:
        cursor.execute(f'SELECT "{column}" FROM "{at._meta.db_table}" WHERE id = %s', [pk])
        row = cursor.fetchone()
        field = next(each for each in at._meta.local_fields if each.column == column)
        if row is None or row[0] is None:
            return None
        at, pk = field.related_model, row[0]
    return pk


def in_unit(cursor: Cursor, world: World, chain: Chain) -> Iterator[Filled]:
    """The addresses of the agency whose values belong to the unit of this chain."""
    unit = world.model("ssu.Unit")
    chosen, mine = below("a", "api"), set(chain.rows[unit])
    for address in addresses():
        if not chosen(address):
            continue
        filled = fill_in(cursor, address, chain)
        rows = [(model, filled.values[name]) for name, model in filled.objects.items() if model is not Agency]
        if any(unit_of(cursor, model, pk, unit) in mine for model, pk in rows):
            yield filled


def methods(filled: Filled) -> tuple[str, ...]:
    return tuple(method for method in filled.address.methods if method != "GET")


@contextmanager
def writes() -> Iterator[list[str]]:
    """What is written meanwhile to a table that belongs to somebody, as the beginnings of the statements."""
    tables = {f'"{model._meta.db_table}"' for model in scoped_models()}
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        verb, *rest = sql.split(None, 3)
        if verb in ("INSERT", "UPDATE", "DELETE") and tables & set(rest):
            found.append(sql[:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def tried(world: World, name: str, chain: Chain) -> Iterator[tuple[Filled, str, int, list[str]]]:
    """Every write of one person on a unit: (address, method, status, what was written)."""
    browser = Browser(world, name)
    with provisioner() as cursor:
        for filled in list(in_unit(cursor, world, chain)):
            for method in methods(filled):
                with writes() as written:
                    answer = browser.ask(method, filled.path)
                yield filled, method, answer.status_code, written


def wrong(world: World, name: str) -> dict[str, str]:
    """The writes on the closed unit that were not refused, or wrote something, by the name of the address."""
    return {
        filled.address.name: f"{name} {method} {filled.path}: {status} {written}"
        for filled, method, status, written in tried(world, name, world.closed)
        if status not in REFUSED or written
    }


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_changes_what_is_closed_to_them(name: str, world: World) -> None:
    assert [line for address, line in wrong(world, name).items() if address not in ALLOWED] == []


def test_every_exception_is_still_one() -> None:
    """A list of exceptions does not outlive its addresses."""
    assert sorted(set(ALLOWED) - {address.name for address in addresses()}) == []


def test_the_same_writes_are_theirs_where_they_may_read(world: World) -> None:
    """The control: staff may do a good part of them in an open unit, on pages and in the API, and Alice in the closed
    one. So it is the closed unit that is refused.
    """
    for name, chain in (("gina", world.mine), ("alice", world.closed)):
        open_to = [
            filled.address.name for filled, _method, status, _ in tried(world, name, chain) if status not in REFUSED
        ]
        assert len(open_to) > 20, name
        assert {name.startswith("api_") for name in open_to} == {True, False}


def test_a_door_that_forgets_the_unit_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the rule: with the door taken away, staff are let through."""
    from ssu.views import reached

    monkeypatch.setattr("ssu.views.items.open_item_at", reached.item_at)
    assert "item_claim" in wrong(world, "gina")
