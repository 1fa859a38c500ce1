"""Keys to shared rows (jobs, files, messages) cannot leave their scope: tried by raw SQL as the worker's own rights let
it, past Django.
"""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from agencies import scope
from agencies.fields import OwnedKey
from agencies.guard import scope_of
from agencies.models import Agency
from agencies.scope import Scope
from jobs.models import Job, JobLog
from tests.factories.rows import Ids, make_row, provisioner

pytestmark = pytest.mark.django_db(transaction=True)


def keys_to_shared() -> list[Any]:
    """Every key whose other end is a shared row."""
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    return [field for field in fields if isinstance(field, OwnedKey) and scope_of(field.related_model) == "shared"]


class Anything(dict[type[models.Model], list[int]]):
    """Stands for rows that a key needs and nobody looks at here: foreign keys are not checked while rows are made."""

    def get(self, key: Any, default: Any = None) -> list[int]:
        return self[key]

    def __missing__(self, key: Any) -> list[int]:
        return [1]


def rows_of(owner: dict[str, int], model: type[models.Model], field: Any) -> tuple[int, int]:
    """A row of the model whose key names a row of the same owner, and that row."""
    ids: Ids = Anything()
    with provisioner() as cursor:
        target = make_row(cursor, field.related_model, owner, ids)
        return make_row(cursor, model, owner, ids, **{field.name: target}), target


def point(field: Any, row: int, to: int) -> None:
    """Let the key of a row name another one, and have the database look at once. As the provisioning role with
    triggers on, since some of the tables are append-only for everybody else.
    """
    table = field.model._meta.db_table
    with provisioner() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute("SET session_replication_role = origin")
        try:
            cursor.execute(f'UPDATE "{table}" SET "{field.column}" = %s WHERE id = %s', [to, row])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        finally:
            cursor.execute("ROLLBACK")


@pytest.mark.parametrize("field", keys_to_shared(), ids=str)
def test_a_key_takes_rows_of_its_own_scope_and_no_other(field: Any, agency: Agency, elsewhere: Agency) -> None:
    import psycopg2

    row, own = rows_of({"agency_id": agency.pk}, field.model, field)
    _, foreign = rows_of({"agency_id": elsewhere.pk}, field.model, field)
    point(field, row, own)  # the control: what is refused below is refused for the scope alone
    with pytest.raises(psycopg2.errors.ForeignKeyViolation, match="in_scope"):
        point(field, row, foreign)


def test_there_are_keys_to_try() -> None:
    assert sorted(str(field) for field in keys_to_shared()) == [
        "communications.Letter.job",
        "communications.LetterMessage.outgoing",
        "imports.ImportRun.job",
        "imports.ImportRun.stored_file",
        "jobs.JobLog.job",
        "jobs.StoredFile.job",
        "reports.StatementFile.stored",
        "reports.StatementPart.job",
        "reports.StatementRun.bundle_job",
    ]


OWNERS = {"nobody": Scope(), "agency": Scope(agency_id=1), "alliance": Scope(alliance_id=1)}


def job_of(owner: Scope) -> int:
    with transaction.atomic(), scope.within(owner):
        return int(Job.objects.create(kind="test", title="t").pk)


@pytest.mark.parametrize("mine", OWNERS)
@pytest.mark.parametrize("other", OWNERS)
def test_a_line_of_a_log_belongs_to_whom_its_job_belongs(mine: str, other: str, agency: Agency) -> None:
    """Also where agency and alliance have the same number, and for a row that is nobody's, whose columns are NULL."""
    owners = {**OWNERS, "agency": Scope(agency_id=agency.pk), "alliance": Scope(alliance_id=agency.pk)}
    job = job_of(owners[other])
    if mine == other:
        say(owners[mine], job)
        return
    with pytest.raises(IntegrityError, match="jobs_joblog_job_id_in_scope"):
        say(owners[mine], job)


def say(owner: Scope, job: int) -> None:
    with transaction.atomic(), scope.within(owner):
        JobLog.objects.create(job_id=job, text="x")


def test_a_shared_row_has_one_owner(agency: Agency) -> None:
    with pytest.raises(IntegrityError, match="jobs_job_one_owner"), transaction.atomic():
        both(agency)


def both(agency: Agency) -> None:
    scope.enter(Scope(agency_id=agency.pk, alliance_id=7))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jobs_job (agency_id, alliance_id, kind, title, arguments, state, done, message, created_at,"
            " attempts, error, result) VALUES (%s, 7, 'k', 't', '{}', 'queued', 0, '', now(), 0, '', '{}')",
            [agency.pk],
        )
