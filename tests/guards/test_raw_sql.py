"""Raw SQL as each role, with no, an empty, a garbage and a foreign scope, on each table, with each verb (test 5).

Every role has a connection of its own, past Django, its manager and its guard: what is tested is PostgreSQL alone. The
rows that must not be touched are those of Bay Light and of its alliance; they are committed.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

import psycopg2
import pytest
from django.db import connection
from psycopg2.extensions import connection as Connection  # noqa: N812
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.guard import scope_of
from alliances.models import Member
from config.provision import connect
from core.roles import role_name, role_url
from tests.factories.rows import provisioner, scoped_models
from tests.factories.world import Chain, World

CREDENTIALS = frozenset(import_module("home.migrations.0002_readonly").CREDENTIALS)

pytestmark = pytest.mark.django_db
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
SETTINGS = ("app.agency_id", "app.alliance_id", "app.member_id")
DENIED = "42501"  # insufficient_privilege: missing grants, and rows that a policy refuses
NOT_A_NUMBER = "22P02"  # what the scope's functions say to garbage
RESTRICTED = "23001"  # restrict_violation: an append-only table
Setting = tuple[str | None, str | None, str | None]


@dataclass(frozen=True)
class Target:
    """One row of one table that does not belong to whoever asks."""

    table: str
    kind: str
    id: int
    copy: str  # the row as JSON, with an id of its own


@pytest.fixture(scope="module")
def targets(world: World) -> dict[str, list[Target]]:
    """A row of each scoped table: of Alice's agency, and of its alliance."""
    with provisioner() as cursor:
        return {"agency": list(rows_of(cursor, world.mine)), "alliance": list(rows_of(cursor, world.alliance))}


def rows_of(cursor: Cursor, chain: Chain) -> Iterator[Target]:
    kinds = ("shared", *(key.removesuffix("_id") for key in chain.owner))
    for model in scoped_models():
        if scope_of(model) in kinds:
            table, row = model._meta.db_table, chain.rows[model][0]
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t WHERE id = %s', [row])
            content = {**json.loads(cursor.fetchone()[0]), "id": 2_000_000_000}
            yield Target(table, scope_of(model), row, json.dumps(content))


@pytest.fixture(scope="module")
def as_role(world: World) -> Iterator[dict[str, Connection]]:
    """A connection of each role that the server has."""
    with contextlib.ExitStack() as stack:
        made = {}
        for role in ("web", "worker", "readonly", "owner", "backup"):
            with contextlib.suppress(psycopg2.OperationalError):
                opened = connect(role_url(os.environ["DATABASE_URL"], role), connection.settings_dict["NAME"])
                opened.autocommit = False
                made[role] = stack.enter_context(contextlib.closing(opened))
        yield made


def statement(cursor: Cursor, target: Target, verb: str) -> tuple[str, list[object]]:
    """The statement that tries one verb on the target's row, with its values."""
    table = f'"{target.table}"'
    if verb == "SELECT":
        return f"SELECT 1 FROM {table} WHERE id = %s", [target.id]
    if verb == "INSERT":
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
            "WHERE table_name = %s AND is_generated = 'NEVER'",
            [target.table],
        )
        columns = cursor.fetchone()[0]
        source = f"SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"
        return f"INSERT INTO {table} ({columns}) {source}", [target.copy]
    if verb == "UPDATE":
        return f"UPDATE {table} SET id = id WHERE id = %s", [target.id]
    if verb == "DELETE":
        return f"DELETE FROM {table} WHERE id = %s", [target.id]
    return verb.replace("TRUNCATE", f"TRUNCATE {table}"), []


def outcome(role: Connection, setting: Setting, target: Target, verb: str) -> str:
    """What PostgreSQL says: the number of rows, or the code of its error. Nothing lasts."""
    with role.cursor() as cursor:
        try:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for name, value in zip(SETTINGS, setting, strict=True):
                if value is not None:
                    cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
            cursor.execute(*statement(cursor, target, verb))
            return str(cursor.rowcount)
        except psycopg2.Error as error:
            return error.pgcode or "no code"
        finally:
            role.rollback()


def strangers(world: World, kind: str) -> dict[str, Setting]:
    """The scopes in which the target of this kind is nobody's business."""
    agency, other = str(world.mine.scope.agency_id), str(world.foreign.scope.agency_id)
    theirs, alliance = str(world.other_alliance.scope.alliance_id), str(world.alliance.scope.alliance_id)
    member = str(world.other_alliance.rows[Member][0])
    if kind == "agency":
        return {
            "none": (None, None, None),
            "empty": ("", "", ""),
            "garbage": ("x", "x", "x"),
            "another agency": (other, "", ""),
            "an alliance": ("", alliance, ""),
        }
    return {
        "none": (None, None, None),
        "empty": ("", "", ""),
        "garbage": ("x", "x", "x"),
        "another alliance": ("", theirs, ""),
        "another alliance's member": ("", theirs, member),
        "an agency": (agency, "", ""),
    }


# What each verb may answer to a stranger.
ANSWERS = {
    "SELECT": {"0"},
    "INSERT": {DENIED},
    "UPDATE": {"0", DENIED},
    "DELETE": {"0", DENIED},
    "TRUNCATE": {DENIED},
}


# Tables whose own trigger speaks before the policy does, and says the same whether or not the row's parent exists.
TRIGGER_FIRST = {"alliances_agendaitem", "alliances_observation", "alliances_submission", "budgets_line"}


def allowed(name: str, verb: str, table: str) -> set[str]:
    """The answers that tell a stranger nothing; garbage may also be called garbage."""
    garbage = {NOT_A_NUMBER} if name == "garbage" and verb != "TRUNCATE" else set()
    refused = {RESTRICTED} if verb == "INSERT" and table in TRIGGER_FIRST else set()
    return ANSWERS[verb] | garbage | refused


def readable(role: str, targets: list[Target]) -> list[Target]:
    """What a role may look at; credentials are kept from readonly whole (tests/home/test_readonly.py)."""
    return [target for target in targets if role != "readonly" or target.table not in CREDENTIALS]


@pytest.mark.parametrize("kind", ["agency", "alliance"])
@pytest.mark.parametrize("role", ["web", "worker", "readonly"])
def test_strangers_reach_no_row(
    role: str, kind: str, world: World, targets: dict[str, list[Target]], as_role: dict[str, Connection]
) -> None:
    wrong = []
    for name, setting in strangers(world, kind).items():
        for target in readable(role, targets[kind]):
            for verb in VERBS:
                answer = outcome(as_role[role], setting, target, verb)
                if answer not in allowed(name, verb, target.table):
                    wrong.append(f"{verb} {target.table} with {name}: {answer}")
    assert wrong == []


def test_own_scope_sees_every_row(
    world: World, targets: dict[str, list[Target]], as_role: dict[str, Connection]
) -> None:
    """The control: the same statements find the rows where the scope is right, so 0 was no empty table."""
    alliance = str(world.alliance.scope.alliance_id)
    insiders = ["", *map(str, world.alliance.rows[Member])]
    own: dict[str, list[Setting]] = {
        "agency": [(str(world.mine.scope.agency_id), "", "")],
        "alliance": [("", alliance, member) for member in insiders],
    }
    unseen = [
        f"{role} {target.table}"
        for role in ("web", "worker", "readonly")
        for kind, settings in own.items()
        for target in readable(role, targets[kind])
        if all(outcome(as_role[role], setting, target, "SELECT") != "1" for setting in settings)
    ]
    assert unseen == []


def test_readonly_and_backup_never_write(
    world: World, targets: dict[str, list[Target]], as_role: dict[str, Connection]
) -> None:
    own = {
        "agency": (str(world.mine.scope.agency_id), "", ""),
        "alliance": ("", str(world.alliance.scope.alliance_id), ""),
    }
    wrong = [
        f"{role} {verb} {target.table}"
        for role in ("readonly", "backup")
        if role in as_role
        for kind, setting in own.items()
        for target in readable(role, targets[kind])
        for verb in VERBS[1:]
        if outcome(as_role[role], setting, target, verb) != DENIED
    ]
    assert wrong == []


@pytest.mark.parametrize("role", ["owner", "backup"])
def test_migrations_and_backups_see_everything(
    role: str, targets: dict[str, list[Target]], as_role: dict[str, Connection]
) -> None:
    """Under FORCE a backup or a migration that saw only its scope would copy or change 0 rows without a word."""
    if role not in as_role:
        pytest.skip(f"{role_name(role)} needs a superuser to make it")
    hidden = [
        target.table
        for target in [*targets["agency"], *targets["alliance"]]
        if outcome(as_role[role], (None, None, None), target, "SELECT") != "1"
    ]
    assert hidden == []


def test_append_only_holds_for_the_owner(targets: dict[str, list[Target]], as_role: dict[str, Connection]) -> None:
    tables = {model._meta.db_table for model in scoped_models() if getattr(model, "append_only", False)}
    there = [target for target in [*targets["agency"], *targets["alliance"]] if target.table in tables]
    wrong = [
        f"{verb} {target.table}"
        for target in there
        for verb in ("UPDATE", "DELETE", "TRUNCATE CASCADE")
        if outcome(as_role["owner"], (None, None, None), target, verb) != RESTRICTED
    ]
    assert wrong == []
    assert {target.table for target in there} == tables


def test_a_table_without_its_policy_is_found(world: World, targets: dict[str, list[Target]]) -> None:
    """The control of the matrix: with row-level security off, the same outcome function sees the row."""
    target = next(target for target in targets["agency"] if target.table == "ssu_unit")
    name = connection.settings_dict["NAME"]
    with contextlib.closing(connect(os.environ["DATABASE_URL"], name)) as server:
        server.autocommit = False
        with server.cursor() as cursor:
            cursor.execute("ALTER TABLE ssu_unit DISABLE ROW LEVEL SECURITY")
            cursor.execute(f"SET LOCAL ROLE {role_name('web')}")
            cursor.execute(*statement(cursor, target, "SELECT"))
            assert cursor.rowcount == 1
        server.rollback()
    other = str(world.foreign.scope.agency_id)
    web = connect(role_url(os.environ["DATABASE_URL"], "web"), name)
    with contextlib.closing(web):
        web.autocommit = False
        assert outcome(web, (other, "", ""), target, "SELECT") == "0"
