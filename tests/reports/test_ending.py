"""Statements of erased partners end the night after their last legal day, and not before."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from agencies.models import Agency, AuditEntry
from agencies.proofs import prove
from jobs.operations import keep_file
from partners import operations
from reports.models import StatementFile, StatementIssue
from reports.operations.ending import ENDED, end_statements
from reports.queries.issues import gaps
from reports.queries.naming import tells_closed
from tests.imports.conftest import harbor
from tests.partners.erasing.conftest import act, token
from tests.ssu.conftest import led, make_unit, serve, strategy, units

__all__ = ["act", "harbor", "led", "make_unit", "serve", "strategy", "token", "units"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def old(token: SimpleNamespace) -> SimpleNamespace:
    """A statement of 2010 beside that of this year, with its file; the last legal day in the US is 31 Dec 2017."""
    new = StatementIssue.objects.get()
    facts: dict[str, Any] = {"content": new.content, "content_hash": new.content_hash, "number": 1}
    issue = StatementIssue.objects.create(giving_unit=new.giving_unit, year=2009, issued_on=date(2010, 2, 1), **facts)
    stored = keep_file(name="2009.pdf", content=b"%PDF", content_type="application/pdf", purpose="giving statement")
    StatementFile.objects.create(issue=issue, stored=stored, sha256=stored.sha256, size=4)
    return SimpleNamespace(**vars(token), issue=issue, new=new, stored=stored, agency=token.act["agency"])


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(Agency, "today", lambda self: day)


def test_it_ends_after_the_last_legal_day_and_once(
    old: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    operations.erase_partner(**old.act, partner=old.partner, ground="asked")
    on(monkeypatch, date(2017, 12, 31))
    assert end_statements(agency=old.agency) == 0
    on(monkeypatch, date(2018, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert [end_statements(agency=old.agency) for _ in range(2)] == [1, 0]
    old.issue.refresh_from_db()
    old.new.refresh_from_db()
    assert (old.issue.content, "receiver" in old.new.content) == (ENDED, True)
    assert not tells_closed(old.issue.content, {})
    assert not default_storage.exists(old.stored.path)
    assert (
        AuditEntry.objects.filter(verb="end statement").values_list("label", flat=True).get() == "statement 2009-000001"
    )
    monkeypatch.undo()
    assert [each for found in prove(old.agency) for each in found.differences if "hash" in each] == []
    assert [each for each in gaps(2009) if "missing" in each] == []


def test_those_of_others_stay(old: SimpleNamespace) -> None:
    assert end_statements(agency=old.agency) == 0
    old.issue.refresh_from_db()
    assert "receiver" in old.issue.content


def test_the_function_ends_nothing_that_is_asked_for(old: SimpleNamespace) -> None:
    def end(pk: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT end_statements(ARRAY[%s]::bigint[], 'x')", [pk])

    with pytest.raises(DatabaseError, match="still asked for"):
        end(old.issue.pk)
    operations.erase_partner(**old.act, partner=old.partner, ground="asked")
    with pytest.raises(DatabaseError, match="still asked for"):
        end(old.new.pk)
    end(old.issue.pk)
