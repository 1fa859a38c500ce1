"""What others have stays: a longer name, a namesake, a shared mailbox, an organization's name in somebody's words."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.errors import Refused
from core.patterns import whole_words
from delivery import operations as delivery
from delivery.models import OutgoingMessage
from imports.models import StagedRow
from imports.operations import apply_import, check_import, receive_file
from jobs.models import Job
from partners import operations
from partners.job_kinds import LIST_JOB
from tests.partners.erasing.conftest import GIFTS, PEOPLE, apply

pytestmark = pytest.mark.django_db


def person(act: dict[str, Any], first: str, last: str, **fields: Any) -> Any:
    return operations.add_partner(**act, kind="person", first_name=first, last_name=last, **fields)


def test_a_longer_name_and_a_namesake_keep_what_they_have(act: dict[str, Any]) -> None:
    ann = person(act, "Ann", "Lee", email="ann@x.org")
    apply(act, "people.csv", PEOPLE + "88001,Joann Leeson,Joann,Leeson,joann@x.org,,,,,glad\n")
    apply(act, "gifts.csv", GIFTS + "G9,2025-10-26,88001,Joann Leeson,0105201,10.00,USD,gift,,,10.00\n")
    delivery.queue(to="joann@x.org", subject="Dear Joann Leeson", text="Thank you", purpose="notice")
    operations.erase_partner(**act, partner=ann, ground="asked")
    cells = [" ".join(row.cells.values()) for row in StagedRow.objects.all()]
    assert all("Joann Leeson" in each for each in cells)
    assert OutgoingMessage.objects.get(to="joann@x.org").subject == "Dear Joann Leeson"
    twin, other = person(act, "Bob", "Brown"), person(act, "Bob", "Brown")
    delivery.queue(to="bob@x.org", subject="Dear Bob Brown", text="Thank you", purpose="notice")
    operations.erase_partner(**act, partner=twin, ground="asked")
    other.refresh_from_db()
    assert (other.name, OutgoingMessage.objects.get(to="bob@x.org").subject) == ("Bob Brown", "Dear Bob Brown")


def test_a_church_in_the_words_of_others_stays_there(act: dict[str, Any]) -> None:
    church = operations.add_partner(**act, kind="church", organization="Grace Church")
    apply(act, "people.csv", PEOPLE + "88002,Bob Brown,Bob,Brown,bob@x.org,,,,,serves at Grace Church\n")
    delivery.queue(to="bob@x.org", subject="Supper", text="We meet in Grace Church", purpose="notice")
    operations.erase_partner(**act, partner=church, ground="asked")
    assert "serves at Grace Church" in " ".join(StagedRow.objects.get().cells.values())
    assert OutgoingMessage.objects.get(to="bob@x.org").text == "We meet in Grace Church"


def test_the_function_takes_nobody_unnamed_and_no_tables_of_others(act: dict[str, Any]) -> None:
    calls = (
        "SELECT erase_partners('{}', ARRAY['a b'], current_date)",
        "SELECT erase_consent('{}')",
        "SELECT erase_transition('{}')",
    )
    for call in calls:
        with pytest.raises(DatabaseError, match="nobody is named"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(call)
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, proconfig::text FROM pg_proc WHERE proname LIKE 'erase\\_%'")
        paths = dict(cursor.fetchall())
    assert len(paths) == 3
    assert all("pg_temp" in path for path in paths.values())


def test_whole_words_fit_no_longer_ones(db: None) -> None:
    said = SimpleNamespace(fits="for ann lee, thanks", not_at="for joann leeson")
    [pattern] = whole_words(["Ann Lee"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s, %s ~ %s", [said.fits, pattern, said.not_at, pattern])
        assert cursor.fetchone() == (True, False)
        [address] = whole_words(["ann@x.org"])
        cursor.execute("SELECT 'to ann@x.org' ~ %s, 'to ann@xyorg' ~ %s", [address, address])
        assert cursor.fetchone() == (True, False)


def test_a_file_that_waits_to_be_applied_keeps_its_gifts(act: dict[str, Any]) -> None:
    ann = person(act, "Ann", "Lee")
    text = GIFTS + "G9,2025-10-26,88001,Ann Lee,0105201,10.00,USD,gift,,,10.00\n"
    run = check_import(
        agency=act["agency"], run=receive_file(**act, name="gifts.csv", content=text.encode(), check=False)
    )
    operations.erase_partner(**act, partner=ann, ground="asked")
    assert apply_import(**act, run=run).applied["gifts"] == 1


def test_a_list_that_is_being_written_holds(act: dict[str, Any]) -> None:
    ann = person(act, "Ann", "Lee")
    Job.objects.create(kind=LIST_JOB, title="List", arguments={}, state=Job.State.RUNNING, lease_until=timezone.now())
    with pytest.raises(Refused, match="A list is being written"):
        operations.erase_partner(**act, partner=ann, ground="asked")
