"""What others have stays: a longer name, a namesake, a shared mailbox, an organization's name in somebody's words."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from agencies.models import SavedView
from agencies.operations.saved_views import save_view
from core.errors import Refused
from core.patterns import whole_words
from delivery import operations as delivery
from delivery.models import Notice, OutgoingMessage, Task
from delivery.operations import add_task
from delivery.operations.forgetting import NOBODY
from imports.models import HeldRow, StagedRow
from imports.operations import apply_import, check_import, receive_file
from jobs.models import Job
from partners import operations
from partners.job_kinds import LIST_JOB
from partners.models import Partner, StatementLine
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


def test_what_is_of_others_goes_on_without_the_name(act: dict[str, Any]) -> None:
    ann = person(act, "Ann", "Lee", email="ann@x.org")
    delivery.queue(
        to="bob@x.org", subject="Ann  Lee called", text="Call ANN\nLEE back", html="<p>ann@x.org</p>", purpose="notice"
    )
    delivery.queue(to="Ann@x.org", subject="Dear Ann Lee", text="Thank you", purpose="notice")
    notice = Notice.objects.create(user=act["actor"], kind="x", text="Ann Lee moved to Joann Leeson's house")
    add_task(**act, text="Thank Ann Lee and Bob")
    operations.erase_partner(**act, partner=ann, ground="asked")
    [mail] = OutgoingMessage.objects.filter(to="bob@x.org")
    assert (mail.subject, mail.text, mail.html, mail.state) == ("… called", "Call … back", "<p>…</p>", "queued")
    assert OutgoingMessage.objects.get(to=NOBODY).state == "cancelled"
    notice.refresh_from_db()
    assert notice.text == "… moved to Joann Leeson's house"
    assert Task.objects.values_list("text", "done_at").get() == ("Thank … and Bob", None)


def test_a_row_of_somebody_else_keeps_what_it_says(act: dict[str, Any]) -> None:
    ann = person(act, "Ann", "Lee", email="ann@x.org", phone="+1 555 0190 477")
    people = PEOPLE + "88002,Bob Brown,Bob,Brown,bob@x.org,+1 555 0190 477,Main St 1,,,friend of Ann Lee\n"
    apply(act, "people.csv", people)
    held = GIFTS + "G7,2025-10-26,88002,Bob Brown,0105201,ten,USD,gift,,told by Ann Lee,\n"
    apply(act, "gifts.csv", held + "G8,2025-10-26,,Ann Lee,0105201,ten,USD,gift,,zqz mine,\n")
    operations.erase_partner(**act, partner=ann, ground="asked")
    row = StagedRow.objects.get(section="partners").cells
    assert (row["display_name"], row["address1"], row["note"]) == ("Bob Brown", "Main St 1", "friend of …")
    [left] = HeldRow.objects.all()
    assert dict(zip(left.columns, left.cells, strict=True))["memo"] == "told by …"
    assert "zqz mine" not in str([each.cells for each in StagedRow.objects.all()])


def test_a_number_of_one_digit_is_enough_where_a_column_tells_it(act: dict[str, Any]) -> None:
    apply(act, "people.csv", PEOPLE + "7,Ann Lee,Ann,Lee,,,,,,\n88002,Bob Brown,Bob,Brown,,,,,,\n")
    rows = "G7,2025-10-26,7,A. Lee,0105201,ten,USD,gift,,zqz own,\nG8,2025-10-26,88002,B,0105201,ten,USD,gift,,zqz 7,\n"
    apply(act, "gifts.csv", GIFTS + rows + "G9,2025-10-26,7,A. Lee,0105201,9,USD,gift,,zqz own,\n")
    operations.erase_partner(**act, partner=Partner.objects.get(last_name="Lee"), ground="asked")
    assert [each.cells[9] for each in HeldRow.objects.all()] == ["zqz 7"]
    assert "zqz own" not in str([each.cells for each in StagedRow.objects.all()])


def test_a_deposit_of_several_givers_loses_the_name_alone(act: dict[str, Any]) -> None:
    ann = person(act, "Ann", "Lee")
    run = apply(act, "people.csv", PEOPLE + "88002,Bob Brown,Bob,Brown,,,,,,\n")
    line = {"account": "DE1", "amount": 900, "currency": "USD", "import_run": run, "date": act["agency"].today()}
    StatementLine.objects.create(**line, reference="1", party="Our church", text="Cards: Ann Lee, Bob Brown 12.50")
    StatementLine.objects.create(**line, reference="2", party="ANN LEE", text="for the work in Berlin")
    operations.erase_partner(**act, partner=ann, ground="asked")
    said = set(StatementLine.objects.values_list("party", "text"))
    assert said == {("Our church", "Cards: …, Bob Brown 12.50"), ("", "")}


def test_a_view_goes_only_when_it_searches_for_just_that(act: dict[str, Any]) -> None:
    ann = person(act, "Ann", "Lee", email="ann@x.org", phone="+1 555 0190 477")
    queries = ("q=ann", "q=lee", "q=Ann+Lee", "q=ANN%40x.org", "q=%2B15550190477", "q=ann+lee+berlin&kind=person")
    for place, query in enumerate(queries):
        save_view(**act, listing="partners", name=f"View {place}", query=query)
    save_view(**act, listing="partners", name="Around Ann Lee", query="kind=person")
    operations.erase_partner(**act, partner=ann, ground="asked")
    left = {view.name: parse_qs(view.query) for view in SavedView.objects.all()}
    assert left == {
        "View 0": {"q": ["ann"]},
        "View 1": {"q": ["lee"]},
        "View 5": {"q": ["… berlin"], "kind": ["person"]},
        "Around …": {"kind": ["person"]},
    }


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
