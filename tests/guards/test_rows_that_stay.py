"""Rows that stay: as each application role, what was declared, answered, agreed, laid beside an item or withdrawn is
neither deleted nor rewritten (test 5 of the list, for rows that are dated and not append-only).
"""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.db import connection, models
from psycopg2.extensions import connection as Connection  # noqa: N812
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from config.provision import connect
from core.roles import role_name, role_url
from tests.factories.rows import make_row, provisioner
from tests.factories.world import World
from tests.guards.catalog import rows, with_sabotage

pytestmark = pytest.mark.django_db
ROLES = ("web", "worker")
ANSWER = {"answered_by_id", "answered_at", "agreed"}
APPROVED = {"approved_by_id", "approved_at"}
WITHDRAWN = {"withdrawn_by_id", "withdrawn_at", "withdrawn_reason"}
ENDED = {"ended_at", "ended_by_id", "ended_reason"}
REMOVED = {"removed_by_id", "removed_at"}
# Table → the columns that an operation still writes.
STAY: dict[str, set[str]] = {
    "ssu_rollout": {"taken_back_by_id", "taken_back_at", "taken_back_reason"},
    "ssu_evidence": REMOVED,
    "ssu_lowering": ANSWER,
    "ssu_personlowering": ANSWER,
    "ssu_emergencyappeal": APPROVED | ENDED,
    "ssu_publicpage": {"closed_by_id", "closed_at"},
    "ssu_impactgoal": APPROVED | {"returned_by_id", "returned_at", "return_reason", "dropped_by_id", "dropped_at"},
    "ssu_reading": WITHDRAWN - {"withdrawn_reason"},
    "ssu_teammember": {"role", "joined_on", "left_on"},
    "ssu_conversation": WITHDRAWN,
    "ssu_coachingsession": WITHDRAWN,
    "ssu_coachingexcuse": WITHDRAWN,
    "ssu_plannedtalk": WITHDRAWN,
    "ssu_dialogueleader": REMOVED,
    "agencies_apikey": {"used_on", "ended_at", "ended_by_id"},
    "partners_giftbatch": {
        *("title", "deposit_id", "deposited_on", "currency", "expected_count", "expected_total", "method"),
        *("designation_id", "contributed_on", "state", "posted_by_id", "posted_at"),
        *("discarded_by_id", "discarded_at", "discard_reason"),
    },
    "partners_batchrow": {
        *("revision", "edited_by_id", "edited_at", "giving_unit_id", "amount", "kind", "method", "reference", "date"),
        *("tendered_amount", "tendered_currency", "description", "fair_market_value", "in_return", "intangible"),
        *("soft_partner_id", "soft_kind"),
        *("anonymous", "removed_at", "gift_id"),
    },
    "transition_postednotice": {"posted_on", "posted_by_id"},
    "partners_bankmatch": {"undone_by_id", "undone_at"},
    # By a merge, which triggers look at (`tests/partners/test_merging.py`), rows go to another partner.
    "partners_merge": {"undone_by_id", "undone_at"},
    "partners_mergestep": {"before", "after"},
    "partners_notsame": {"ended_by_id", "ended_at"},
    "partners_holder": {"partner_id", "is_primary", "ends_on", "ended_reason", "ended_by_id", "ended_at"},
    "partners_stage": {"partner_id", "left_at"},
    "partners_golivesignature": WITHDRAWN,
    "partners_contact": {"partner_id", *WITHDRAWN},
    "partners_undertaking": {
        *("partner_id", "about", "rhythm", "ends_on", "ended_reason", "ended_by_id", "ended_at"),
        *WITHDRAWN,
    },
    "partners_relation": {"partner_id", "other_id", "ended_at", "ended_by_id"},
    "handover_case": {"told_by_id", "told_at", "closed_by_id", "closed_at", "called_off_at"},
    "handover_passingact": {"taken_back_by_id", "taken_back_at"},
    "partners_followup": {"partner_id", "due_on", "assignee_id", "done_with_id", "end", *ENDED},
}


def faults(cursor: Cursor) -> list[str]:
    """Rights over these tables beyond what an operation needs, and columns that miss theirs."""
    found = []
    for table, free in STAY.items():
        for role in map(role_name, ROLES):
            query = "SELECT v FROM unnest(%s) v WHERE has_table_privilege(%s, %s, v)"
            found += [f"{role}: {verb} {table}" for (verb,) in rows(cursor, query, ["UPDATE", "DELETE"], role, table)]
            query = (
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
                "AND has_column_privilege(%s, attrelid, attnum, 'UPDATE')"
            )
            open_columns = {name for (name,) in rows(cursor, query, table, role)}
            found += [f"{role}: UPDATE {table}.{column}" for column in sorted(open_columns ^ free)]
    return found


def test_no_role_may_rewrite_or_delete_them(cursor: Cursor) -> None:
    assert faults(cursor) == []


@pytest.mark.parametrize(
    "sabotage",
    [
        "GRANT DELETE ON ssu_evidence TO yokefellow_web",
        "GRANT UPDATE (text) ON ssu_evidence TO yokefellow_worker",
        "GRANT UPDATE (declared_by_id) ON ssu_rollout TO yokefellow_web",
        "REVOKE UPDATE (left_on) ON ssu_teammember FROM yokefellow_web",
        "GRANT UPDATE (worker_id) ON ssu_teammember TO yokefellow_web",
    ],
)
def test_a_right_too_many_or_too_few_is_found(cursor: Cursor, sabotage: str) -> None:
    assert len(with_sabotage(cursor, sabotage, faults)) == 1


@pytest.fixture(params=ROLES)
def as_role(request: pytest.FixtureRequest, world: World) -> Iterator[Connection]:
    """A connection of an application role, past Django."""
    opened = connect(role_url(os.environ["DATABASE_URL"], request.param), connection.settings_dict["NAME"])
    opened.autocommit = False
    with contextlib.closing(opened):
        yield opened


def outcome(role: Connection, world: World, *statements: str) -> str:
    """What PostgreSQL says to the last of these in the agency's own scope: rows, or the code of an error. Nothing
    lasts.
    """
    with role.cursor() as cursor:
        try:
            cursor.execute("SELECT set_config('app.agency_id', %s, true)", [str(world.mine.scope.agency_id)])
            for statement in statements:
                cursor.execute(statement)
            return str(cursor.rowcount)
        except psycopg2.Error as error:
            return error.pgcode or "no code"
        finally:
            role.rollback()


DENIED, RESTRICTED = "42501", "23001"


def made(world: World, label: str, **given: Any) -> int:
    """A row of the world's first agency."""
    model: type[models.Model] = apps.get_model(label)
    with provisioner() as cursor:
        return make_row(cursor, model, world.mine.owner, world.mine.rows, **given)


def test_evidence_is_removed_and_never_rewritten(world: World, as_role: Connection) -> None:
    row = world.mine.rows[apps.get_model("ssu.Evidence")][0]
    here = f"WHERE id = {row} AND removed_at IS NULL"
    removed = f"UPDATE ssu_evidence SET removed_at = now() {here}"
    assert outcome(as_role, world, removed) == "1"
    assert outcome(as_role, world, f"UPDATE ssu_evidence SET text = 'other' {here}") == DENIED
    assert outcome(as_role, world, f"DELETE FROM ssu_evidence {here}") == DENIED


def test_a_withdrawn_session_stays_withdrawn(world: World, as_role: Connection) -> None:
    row = made(world, "ssu.CoachingSession")
    withdraw = f"UPDATE ssu_coachingsession SET withdrawn_at = now(), withdrawn_reason = 'wrong' WHERE id = {row}"
    assert outcome(as_role, world, withdraw) == "1"
    back = f"UPDATE ssu_coachingsession SET withdrawn_at = NULL, withdrawn_reason = '' WHERE id = {row}"
    assert outcome(as_role, world, withdraw, back) == RESTRICTED


def test_an_answer_is_given_once(world: World, as_role: Connection) -> None:
    row = world.mine.rows[apps.get_model("ssu.Lowering")][0]
    declined = f"UPDATE ssu_lowering SET answered_at = now(), agreed = false WHERE id = {row} AND answered_at IS NULL"
    assert outcome(as_role, world, declined) == "1"
    assert outcome(as_role, world, declined, f"UPDATE ssu_lowering SET agreed = true WHERE id = {row}") == RESTRICTED


def test_a_declaration_is_taken_back_once_and_stays(world: World, as_role: Connection) -> None:
    row = world.mine.rows[apps.get_model("ssu.RollOut")][0]
    by = "(SELECT declared_by_id)"
    back = f"UPDATE ssu_rollout SET taken_back_at = now(), taken_back_by_id = {by} WHERE id = {row}"
    again = f"UPDATE ssu_rollout SET taken_back_at = NULL, taken_back_by_id = NULL WHERE id = {row}"
    assert [outcome(as_role, world, back), outcome(as_role, world, back, again)] == ["1", RESTRICTED]
    assert outcome(as_role, world, f"DELETE FROM ssu_rollout WHERE id = {row}") == DENIED
    assert outcome(as_role, world, f"UPDATE ssu_rollout SET declared_on = now() WHERE id = {row}") == DENIED


@pytest.mark.parametrize("kind", ["coremessage", "guidelines"])
def test_agreed_words_stand_and_drafts_do_not(world: World, as_role: Connection, kind: str) -> None:
    """The draft is the control: the same statements change and delete it."""
    model = apps.get_model("communications", kind)
    with provisioner() as cursor:
        unit = world.mine.pick(cursor, apps.get_model("ssu.Unit"))
        cursor.execute(f"DELETE FROM communications_{kind} WHERE unit_id = %s AND version >= 90", [unit])
        given = {"unit": unit, "version": 90, "submitted_at": "2026-01-01T00:00Z", "superseded_at": "2026-01-02T00:00Z"}
        agreed = make_row(cursor, model, world.mine.owner, world.mine.rows, approved_at="2026-01-01T00:00Z", **given)
        draft = make_row(cursor, model, world.mine.owner, world.mine.rows, **{**given, "version": 91})
    column = "text" if kind == "coremessage" else "tone"
    rewrite, delete = (f"UPDATE communications_{kind} SET {column} = 'other'", f"DELETE FROM communications_{kind}")
    says = {
        row: [outcome(as_role, world, f"{verb} WHERE id = {row}") for verb in (rewrite, delete)]
        for row in (agreed, draft)
    }
    assert says == {agreed: [RESTRICTED, RESTRICTED], draft: ["1", "1"]}


def test_messages_of_an_agreed_set_stand(world: World, as_role: Connection) -> None:
    with provisioner() as cursor:
        unit = world.mine.pick(cursor, apps.get_model("ssu.Unit"))
        cursor.execute("DELETE FROM communications_setmessage WHERE headline = 'kept'")
        cursor.execute("DELETE FROM communications_coremessage WHERE unit_id = %s AND version >= 80", [unit])
        past = {"submitted_at": "2026-01-01T00:00Z", "superseded_at": "2026-01-02T00:00Z", "unit": unit}
        sets = apps.get_model("communications.CoreMessage")
        one = make_row(
            cursor, sets, world.mine.owner, world.mine.rows, version=80, approved_at="2026-01-01T00:00Z", **past
        )
        other = make_row(cursor, sets, world.mine.owner, world.mine.rows, version=81, **past)
        message = apps.get_model("communications.SetMessage")
        ids = [
            make_row(cursor, message, world.mine.owner, world.mine.rows, core_message=each, place=1, headline="kept")
            for each in (one, other)
        ]
    delete = "DELETE FROM communications_setmessage WHERE id = {}"
    assert [outcome(as_role, world, delete.format(each)) for each in ids] == [RESTRICTED, "1"]
