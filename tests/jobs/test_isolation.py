"""The rows of machinery behind PostgreSQL's fence: an agency's, an alliance's, nobody's (trust rules T2, T2a)."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import scope
from agencies.models import Agency
from agencies.scope import NOBODY, Scope
from delivery.models import OutgoingMessage, Suppression
from delivery.operations import queue, suppress
from jobs import operations
from jobs.models import Job, JobLog, StoredFile

TABLES = [Job, JobLog, StoredFile, OutgoingMessage, Suppression]


@pytest.fixture
def places(agency: Agency, elsewhere: Agency, handler: Any) -> list[Scope]:
    """Four scopes with one row in each table."""
    handler(lambda job: None)
    found = [Scope(agency_id=agency.pk), Scope(agency_id=elsewhere.pk), Scope(alliance_id=5), NOBODY]
    for place in found:
        with scope.within(place):
            job = operations.start(kind="test", actor=None, title="x")
            JobLog.objects.create(job=job, text="x")
            operations.keep_file(name="x", content=b"x", job=job)
            queue(to="a@example.org", subject="x", text="x", purpose="letter")
            suppress(actor=None, address="b@example.org", reason="asked")
    return found


def raw(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.mark.parametrize("model", TABLES)
def test_each_scope_sees_and_changes_its_own_row_only(places: list[Scope], model: Any) -> None:
    table = model._meta.db_table
    for place in places:
        with scope.within(place):
            assert raw(f"SELECT agency_id, alliance_id FROM {table}") == [(place.agency_id, place.alliance_id)]
            assert raw(f"UPDATE {table} SET agency_id = agency_id") == 1
    with scope.within(Scope(agency_id=987654321)):
        assert raw(f"SELECT 1 FROM {table}") == []


@pytest.mark.parametrize("model", TABLES)
def test_row_cannot_be_given_to_another_scope(places: list[Scope], model: Any) -> None:
    mine, theirs = places[0].agency_id, places[1].agency_id
    for value in (theirs, "NULL"):
        refused = pytest.raises(DatabaseError, match="row-level security")
        with scope.within(Scope(agency_id=mine)), refused, transaction.atomic():
            raw(f"UPDATE {model._meta.db_table} SET agency_id = {value}")


@pytest.mark.parametrize("model", TABLES)
def test_fence_holds_for_the_owner_too(db: None, model: Any) -> None:
    name = model._meta.db_table
    assert raw(f"SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = '{name}'") == [(True, True)]
