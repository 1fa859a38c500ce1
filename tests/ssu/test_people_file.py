"""Many people at once: all that is wrong is said at once, nothing is half-written, nothing is sent by itself."""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import OPENED
from accounts.models import User
from agencies import scope
from agencies.invitation_links import token_of
from agencies.models import Agency, Invitation, Membership, RoleGrant
from agencies.operations import send_held
from agencies.queries.invitations import held_invitations
from core.export import csv_text, xlsx_bytes
from delivery.models import OutgoingMessage
from imports.reading.sheets import SheetRead, SheetRow
from jobs.models import Job, StoredFile
from jobs.operations import keep_file, request_cancel, start
from jobs.testing import run_due
from ssu import operations
from ssu.imports.people import judge_people
from ssu.models import TeamMember, Unit, Worker
from ssu.operations import bring_people
from ssu.operations.kept_people import forget_old_files
from ssu.operations.people_file import Brought
from ssu.people_rows import COLUMNS, Problem
from ssu.queries.people import unit_roles
from ssu.queries.people_file import known_people
from tests.cast import PASSWORD

Visit = Callable[[User], Any]


@pytest.fixture
def confirmed(visit: Visit) -> Visit:
    """A browser of somebody who typed the password just now."""

    def make(user: User) -> Any:
        browser = visit(user)
        session = browser.session
        reauthenticate_by_password(cast(Any, SimpleNamespace(session=session, user=user)))
        session.save()
        return browser

    return make


def sheet(*rows: dict[str, str], columns: Sequence[str] = COLUMNS) -> SheetRead:
    """A file as read: its first row of people is row 2."""
    found = (SheetRow(number, tuple(row.get(name, "") for name in columns)) for number, row in enumerate(rows, start=2))
    return SheetRead(tuple(columns), tuple(found))


def problems(*rows: dict[str, str]) -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in judge_people(sheet(*rows), known_people())[1]]


def brought(agency: Agency, actor: User, *rows: dict[str, str]) -> Brought:
    people, wrong = judge_people(sheet(*rows), known_people())
    assert wrong == []
    return bring_people(agency=agency, actor=actor, rows=people)


RUTH = {
    "name": "Ruth Moab",
    "email": "moab@example.org",
    "unit": "U1",
    "unit_role": "leader",
    "joined_on": "2024-02-01",
    "support_account": "0042",
}
BOAZ = {
    "name": "Boaz Field",
    "email": "moab@example.org",
    "agency_roles": "staff",
    "spouse": "moab@example.org",
    "discretion": "closed",
    "alias": "Oak",
}
NAOMI = {"name": "Naomi", "unit": "U2", "unit_role": "Member", "joined_on": "2020-01-01", "left_on": "2021-01-01"}


def test_people_service_spouses_and_held_invitations(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    made = brought(inside, alice, RUTH, BOAZ, NAOMI)
    assert made.counts() == {"added": 3, "changed": 0, "services": 2, "couples": 1, "invitations": 2}
    ruth, boaz = Worker.objects.get(code="0042"), Worker.objects.get(name="Boaz Field")
    assert (ruth.spouse_id, boaz.spouse_id, boaz.discretion, boaz.alias) == (boaz.pk, ruth.pk, "closed", "Oak")
    naomi = TeamMember.objects.get(worker__name="Naomi")
    assert (naomi.unit_id, naomi.joined_on, naomi.left_on) == (units.careful.pk, date(2020, 1, 1), date(2021, 1, 1))
    held = list(held_invitations().values_list("name", "email", "roles"))
    assert held == [("Boaz Field", "moab@example.org", ["staff"]), ("Ruth Moab", "moab@example.org", [])]


def test_nothing_is_sent_by_itself_and_held_links_do_not_work(
    inside: Agency, units: SimpleNamespace, alice: User
) -> None:
    brought(inside, alice, RUTH)
    assert (mail.outbox, OutgoingMessage.objects.count()) == ([], 0)
    assert Client().get(reverse("invitation", args=[token_of(Invitation.objects.get())])).status_code == 410


def test_same_file_twice_changes_nothing(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, RUTH, BOAZ, NAOMI)
    again = brought(inside, alice, RUTH, BOAZ, NAOMI)
    assert set(again.counts().values()) == {0}
    assert (Worker.objects.count(), TeamMember.objects.count(), Invitation.objects.count()) == (3, 2, 2)


def test_changed_file_ends_service_and_invites_nobody_anew(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, RUTH)
    again = brought(inside, alice, {**RUTH, "name": "Ruth Bethlehem", "left_on": "2025-01-01"})
    assert again.counts() == {"added": 0, "changed": 1, "services": 0, "couples": 0, "invitations": 0}
    member = TeamMember.objects.get()
    assert (member.worker.name, member.left_on) == ("Ruth Bethlehem", date(2025, 1, 1))


def test_who_signs_in_here_already_gets_the_role_at_once(
    inside: Agency, units: SimpleNamespace, alice: User, dan: User
) -> None:
    made = brought(inside, alice, {"name": "Dan", "email": "dan@example.org", "agency_roles": "finance; board"})
    assert made.invitations == 0
    roles = RoleGrant.objects.filter(membership__user=dan, ended_at=None).values_list("role", flat=True)
    assert sorted(roles) == ["board", "finance"]


def test_one_of_a_couple_does_not_take_the_roles_of_the_other(
    inside: Agency, units: SimpleNamespace, alice: User, visit: Visit
) -> None:
    """Paul leads one unit, Pia coaches a closed one; her mail is opened in his browser."""
    paul = {**RUTH, "name": "Paul Pair", "spouse": "3", "support_account": ""}
    pia = {**paul, "name": "Pia Pair", "unit": "U3", "unit_role": "coach", "spouse": ""}
    brought(inside, alice, paul, pia)
    send_held(agency=inside, actor=alice)
    his, hers = (token_of(Invitation.objects.get(name=each["name"])) for each in (paul, pia))
    Client().post(reverse("invitation", args=[his]), {"name": "Paul", "password": "walk the second mile"})
    user = User.objects.get(email=paul["email"])
    assert visit(user).post(reverse("invitation", args=[hers])).status_code == 403
    with scope.of_agency(inside.pk):
        assert unit_roles(Membership.objects.get(user=user)) == {units.open.pk: frozenset({"leader"})}
        assert Worker.objects.get(name="Pia Pair").membership is None
    Client().post(reverse("invitation", args=[hers]), {"name": "Pia", "password": "whither thou goest"})
    with scope.of_agency(inside.pk):
        hers_now = Membership.objects.get(user__mailbox=user)
        assert unit_roles(hers_now) == {units.closed.pk: frozenset({"coach"})}
        assert Worker.objects.get(name="Pia Pair").membership == hers_now


def test_an_invitation_of_somebody_who_serves_is_not_for_somebody_else_who_does(
    inside: Agency, units: SimpleNamespace, alice: User, bob: User, visit: Visit, serve: Any
) -> None:
    """Bob serves; an invitation to his second address was written for another person in the file."""
    serve(bob, units.open, "member")
    EmailAddress.objects.create(user=bob, email="moab@example.org", verified=True)
    brought(inside, alice, RUTH)
    send_held(agency=inside, actor=alice)
    assert visit(bob).post(reverse("invitation", args=[token_of(Invitation.objects.get())])).status_code == 403
    with scope.of_agency(inside.pk):
        assert unit_roles(Membership.objects.get(user=bob)) == {units.open.pk: frozenset({"member"})}


WRONG: list[tuple[dict[str, str], tuple[int, str]]] = [
    ({"name": ""}, (2, "name")),
    ({"email": "ruth at example"}, (2, "email")),
    ({"agency_roles": "king"}, (2, "agency_roles")),
    ({"agency_roles": "leader"}, (2, "agency_roles")),
    ({"unit": "U99"}, (2, "unit")),
    ({"unit_role": "boss"}, (2, "unit_role")),
    ({"unit_role": ""}, (2, "unit_role")),
    ({"joined_on": ""}, (2, "joined_on")),
    ({"joined_on": "01.02.2024"}, (2, "joined_on")),
    ({"joined_on": "1890-03-01"}, (2, "joined_on")),
    ({"joined_on": "2099-03-01"}, (2, "joined_on")),
    ({"left_on": "2023-01-01"}, (2, "left_on")),
    ({"spouse": "nobody@example.org"}, (2, "spouse")),
    ({"spouse": "2"}, (2, "spouse")),
    ({"discretion": "secret"}, (2, "discretion")),
    ({"alias": "Sister Ruth"}, (2, "alias")),
    ({"support_account": "0" * 21}, (2, "support_account")),
]


@pytest.mark.parametrize(("change", "expected"), WRONG)
def test_each_mistake_is_named_by_row_and_column(
    inside: Agency, units: SimpleNamespace, change: dict[str, str], expected: tuple[int, str]
) -> None:
    assert problems(RUTH) == []
    assert problems({**RUTH, **change}) == [expected]


def test_all_mistakes_are_told_at_once(inside: Agency, units: SimpleNamespace) -> None:
    found = problems({**RUTH, "unit": "X", "left_on": "2020-01-01"}, {**NAOMI, "name": "", "discretion": "x"})
    assert found == [(2, "unit"), (2, "left_on"), (3, "name"), (3, "discretion")]


def test_one_address_is_for_spouses_only(inside: Agency, units: SimpleNamespace) -> None:
    other = {"name": "Orpah", "email": "moab@example.org", "agency_roles": "staff"}
    assert problems(RUTH, other) == [(3, "email")]
    assert problems(RUTH, BOAZ, other) == [(4, "email")]
    assert problems(RUTH, {**other, "support_account": "0042"}) == [(3, "email"), (3, "support_account")]


def test_two_who_name_others_do_not_fit(inside: Agency, units: SimpleNamespace) -> None:
    rows = [{"name": f"Person {number}"} for number in range(3)]
    found = problems({**rows[0], "spouse": "3"}, {**rows[1], "spouse": "4"}, rows[2])
    assert found == [(3, "spouse")]


def test_level_is_never_lowered_by_a_file(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, {**RUTH, "discretion": "closed"})
    assert problems({**RUTH, "discretion": "open"}) == [(2, "discretion")]
    assert brought(inside, alice, RUTH).changed == 0


def test_columns_that_nobody_knows_are_named(inside: Agency) -> None:
    found = judge_people(sheet({"name": "Ruth"}, columns=("name", "birthday")), known_people())[1]
    assert [(each.row, each.column) for each in found] == [(0, "birthday")]
    missing = judge_people(sheet({"email": "a@example.org"}, columns=("email",)), known_people())[1]
    assert [each.column for each in missing] == ["name"]


def test_days_of_a_workbook_are_numbers(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, {**RUTH, "joined_on": "45323"})
    assert TeamMember.objects.get().joined_on == date(2024, 2, 1)


def upload(browser: Any, agency: Agency, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("people_file", args=[agency.slug]), {"file": file})


def cells(*rows: dict[str, str]) -> list[list[str]]:
    return [[row.get(name, "") for name in COLUMNS] for row in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_uploaded_file_comes_in_by_a_job(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any, kind: str
) -> None:
    made = {
        "csv": lambda: csv_text(COLUMNS, cells(RUTH, BOAZ)).encode(),
        "xlsx": lambda: xlsx_bytes(COLUMNS, cells(RUTH, BOAZ)),
    }
    answer = upload(confirmed(alice), inside, f"people.{kind}", made[kind]())
    assert (answer.status_code, "/jobs/" in answer["Location"]) == (302, True)
    run_due()
    assert not StoredFile.objects.exists()
    job = Job.objects.get()
    assert (job.done, job.total, job.message) == (2, 2, "2 people added, 1 service, 1 couple, 2 invitations held")
    upload(confirmed(alice), inside, f"people.{kind}", made[kind]())
    run_due()
    assert Job.objects.latest("id").message == "nothing changed: all 2 were here"
    assert sorted(Worker.objects.values_list("name", flat=True)) == ["Boaz Field", "Ruth Moab"]
    assert held_invitations().count() == 2


@pytest.fixture
def waiting(inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any) -> Job:
    """The job of a file that was taken in, before it has run."""
    upload(confirmed(alice), inside, "people of Tamrin.csv", csv_text(COLUMNS, cells(RUTH, BOAZ)).encode())
    found: Job = Job.objects.get(kind="ssu.people")
    return found


@pytest.mark.parametrize("end", ["cancelled", "failed", "done"])
def test_the_file_goes_with_its_job_however_that_ends(
    units: SimpleNamespace, alice: User, waiting: Job, end: str, django_capture_on_commit_callbacks: Any
) -> None:
    stored = StoredFile.objects.get()
    assert (stored.name, default_storage.exists(stored.path)) == ("people", True)
    if end == "failed":
        Unit.objects.filter(pk=units.open.pk).update(code="U9")  # the file does not fit any more
    with django_capture_on_commit_callbacks(execute=True):
        if end == "cancelled":
            request_cancel(actor=alice, job=waiting)
        else:
            run_due()
    waiting.refresh_from_db()
    assert (waiting.state, StoredFile.objects.count(), default_storage.exists(stored.path)) == (end, 0, False)


def test_a_file_that_was_left_goes_after_a_day_unless_its_job_waits(inside: Agency, alice: User, waiting: Job) -> None:
    left = keep_file(name="people", content=b"name", purpose="people")
    other = keep_file(name="gifts", content=b"gift", purpose="import")
    day = timezone.now() + timedelta(hours=25)
    assert forget_old_files(agency=inside) == 0
    assert forget_old_files(agency=inside, now=day) == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {waiting.arguments["file"], other.pk}
    Job.objects.filter(pk=waiting.pk).update(state="failed")
    assert forget_old_files(agency=inside, now=day) == 1
    assert (StoredFile.objects.get(), StoredFile.objects.filter(pk=left.pk).exists()) == (other, False)


def test_the_clock_forgets_daily(inside: Agency) -> None:
    keep_file(name="people", content=b"name", purpose="people")
    StoredFile.objects.update(created_at=timezone.now() - timedelta(days=2))
    start(kind="ssu.forget_people", actor=None, title="Forget files of people")
    run_due()
    assert (Job.objects.get().result, StoredFile.objects.count()) == ({"files": 1}, 0)


def test_wrong_file_shows_every_problem_and_keeps_nothing(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any
) -> None:
    content = csv_text(COLUMNS, cells({**RUTH, "unit": "X"}, {**NAOMI, "left_on": "2019-01-01"})).encode()
    answer = upload(confirmed(alice), inside, "people.csv", content)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("No active unit has the code “X”" in page, "before joining on 2020-01-01" in page) == (True, True)
    assert [Job.objects.count(), StoredFile.objects.count(), Worker.objects.count()] == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.csv", b"", "The file is empty"),
        ("people.xlsx", b"PK\x03\x04 cut short", "The workbook cannot be opened"),
        ("people.pdf", b"%PDF-1.7 people", "The file is not text"),
        ("people.csv", b'name\n"Ruth', "quotation mark"),
    ],
)
def test_file_that_is_no_list_is_refused_in_a_sentence(
    inside: Agency, alice: User, confirmed: Any, name: str, content: bytes, said: str
) -> None:
    answer = upload(confirmed(alice), inside, name, content)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def typed_ago(browser: Any, seconds: float) -> None:
    """The password was typed that long ago."""
    session = browser.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**each, "at": time.time() - seconds} for each in records]
    session.save()


@pytest.mark.parametrize(("opened", "taken"), [(3500, True), (3700, False)])
def test_a_file_for_a_form_that_stood_open_is_taken_for_an_hour_and_then_asked_for_again(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any, opened: int, taken: bool
) -> None:
    browser, page = confirmed(alice), reverse("people_file", args=[inside.slug])
    assert browser.get(page).status_code == 200
    typed_ago(browser, opened)
    session = browser.session
    session[OPENED] = {"path": page, "at": time.time() - opened}
    session.save()
    answer = upload(browser, inside, "people.csv", csv_text(COLUMNS, cells(RUTH)).encode())
    assert (answer.status_code, "/jobs/" in answer["Location"]) == (302, taken)
    if taken:
        return
    back = browser.post(answer["Location"], {"password": PASSWORD, "next": f"{page}?file=again"})
    again = browser.get(back["Location"])
    assert (again.status_code, "Choose your file again" in again.content.decode()) == (200, True)
    assert "This field is required" not in again.content.decode()


def test_a_form_that_was_never_shown_takes_no_file(inside: Agency, alice: User, visit: Visit) -> None:
    answer = upload(visit(alice), inside, "people.csv", csv_text(COLUMNS, cells(RUTH)).encode())
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not Job.objects.exists()


def test_template_is_the_first_line(inside: Agency, alice: User, confirmed: Any) -> None:
    address = reverse("people_template", args=[inside.slug])
    answer = confirmed(alice).get(address)
    assert answer.content.decode("utf-8-sig").strip() == ",".join(COLUMNS)
    assert confirmed(alice).get(f"{address}?export=xlsx").content[:2] == b"PK"


def test_board_does_not_open_it(inside: Agency, dan: User, visit: Visit) -> None:
    assert visit(dan).get(reverse("people_file", args=[inside.slug])).status_code == 403


def test_held_invitations_are_shown_sent_and_withdrawn(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any
) -> None:
    brought(inside, alice, RUTH, {"name": "Orpah", "email": "orpah@example.org", "agency_roles": "board"})
    browser, slug = confirmed(alice), inside.slug
    page = browser.get(reverse("invitations_held", args=[slug])).content.decode()
    assert ("Ruth Moab" in page, "Orpah" in page, "Send all 2" in page) == (True, True, True)
    ruth, orpah = (Invitation.objects.get(name=name) for name in ("Ruth Moab", "Orpah"))
    preview = browser.get(reverse("invitation_preview", args=[slug, orpah.pk])).content.decode()
    assert ("Dear Orpah" in preview, ruth.nonce in preview, orpah.nonce in preview) == (True, False, False)
    browser.post(reverse("invitations_send", args=[slug]), {"invitation": [str(ruth.pk)]})
    sent = Invitation.objects.get(pk=ruth.pk)
    assert (sent.is_open, sent.nonce != ruth.nonce, held_invitations().get()) == (True, True, orpah)
    browser.post(reverse("invitation_withdraw", args=[slug, orpah.pk]))
    assert held_invitations().count() == 0
    nothing = browser.post(reverse("invitations_send", args=[slug]), {"all": "1"})
    assert (nothing.status_code, "None of these invitations waits" in nothing.content.decode()) == (422, True)


def test_nobody_ticked_is_said_on_the_list_and_nothing_goes_out(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any
) -> None:
    brought(inside, alice, RUTH)
    page = confirmed(alice).post(reverse("invitations_send", args=[inside.slug]), {})
    shown = page.content.decode()
    assert (page.status_code, "Tick whom to send to, or send all." in shown, "Ruth Moab" in shown) == (422, True, True)
    assert (held_invitations().count(), OutgoingMessage.objects.count()) == (1, 0)


def test_who_accepts_is_the_person_who_served_before(agency: Agency, alice: User) -> None:
    """In the way people come: the link, a name and a password."""
    from agencies import scope
    from agencies.operations import send_held

    with scope.within(scope.Scope(agency_id=agency.pk)):
        strategy = operations.add_strategy(agency=agency, actor=alice, code="S", name="S")
        given: dict[str, Any] = {"strategy": strategy, "kind": "community", "discretion": "open"}
        operations.add_unit(agency=agency, actor=alice, code="U1", name="Riverbend", **given)
        brought(agency, alice, RUTH)
        send_held(agency=agency, actor=alice)
        link = reverse("invitation", args=[token_of(Invitation.objects.get())])
    Client().post(link, {"name": "Ruth Moab", "password": "walk the second mile"})
    with scope.within(scope.Scope(agency_id=agency.pk)):
        worker = Worker.objects.get()
        assert worker.membership == Membership.objects.get(user__email="moab@example.org")
        assert TeamMember.objects.count() == 1


def test_problem_is_sorted_by_row_and_column(inside: Agency) -> None:
    assert Problem(2, "a", "x") < Problem(3, "a", "x")
