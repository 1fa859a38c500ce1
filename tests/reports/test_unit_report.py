"""The report of a unit: what is in the PDF, for whom, and who may no longer have it."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Membership, Role
from agencies.operations.look import choose_accent, set_logo
from agencies.seats import Seat, seat_of
from communications.models import CoreMessage, Guidelines
from core.templatetags.look import direction
from delivery.models import Notice
from delivery.receivers import ring
from jobs.models import Job, StoredFile
from jobs.queries import titles_of
from jobs.testing import run_due
from reports.operations import start_unit_report
from reports.pages.unit_report import report_of
from reports.queries.unit_report import facts_of, may_have_report, unit_for
from ssu import operations as ssu
from ssu.models import ActionItem, Unit
from tests.agencies.conftest import confirm
from tests.factories.pictures import drawn_logo
from tests.pdf_faults import opened

TRUE_NAME, TRUE_PLACE, TRUE_PERSON = "Tamrin People", "Tamrin Valley", "Naomi Bethlehem"


@pytest.fixture
def made(inside: Agency, alice: User, bob: User, carol: User) -> SimpleNamespace:
    """A unit that Bob leads, with an item that Bob claimed and Alice confirmed, a goal with readings, and messages."""
    strategy = ssu.add_strategy(agency=inside, actor=alice, code="W", name="Water")
    unit = ssu.add_unit(
        agency=inside,
        actor=alice,
        strategy=strategy,
        code="W1",
        name=TRUE_NAME,
        place=TRUE_PLACE,
        alias="Project Cedar",
        region="Central Asia",
        kind="community",
    )
    act: dict[str, Any] = {"agency": inside, "actor": alice, "unit": unit, "joined_on": date(2024, 1, 15)}
    leader = ssu.worker_of(people.add_member(agency=inside, actor=alice, user=bob))
    people.add_member(agency=inside, actor=alice, user=carol, roles=(Role.STAFF,))
    ssu.add_team_member(**act, worker=leader, role=Role.LEADER)
    naomi = ssu.add_worker(agency=inside, actor=alice, name=TRUE_PERSON)
    ssu.add_team_member(**act, worker=naomi, role=Role.MEMBER)
    item = ActionItem.objects.get(unit=unit, key="1.1")
    ssu.add_note(agency=inside, actor=bob, item=item, text="The elders of three villages agreed.")
    ssu.claim_item(agency=inside, actor=bob, item=item)
    ssu.confirm_item(agency=inside, actor=alice, item=item)
    today = inside.today()
    goal = ssu.add_goal_version(
        agency=inside,
        actor=bob,
        unit=unit,
        statement="Clean water in 14 villages.",
        indicator="villages with clean water",
        unit_of_measure="villages",
        baseline=Decimal(2),
        target=Decimal(14),
        by_when=today + timedelta(days=400),
    )
    ssu.add_reading(agency=inside, actor=bob, goal=goal, date=today, value=Decimal(5), story="Three wells hold.")
    CoreMessage.objects.create(
        unit=unit,
        version=1,
        text="Water is life.",
        author=bob,
        submitted_at=goal.written_at,
        approved_at=goal.written_at,
    )
    return SimpleNamespace(unit=unit, naomi=naomi)


def seat(agency: Agency, user: User) -> Seat:
    return seat_of(agency, Membership.objects.get(user=user))


def report(agency: Agency, actor: User, unit: Unit) -> tuple[Job, str, Any]:
    """The job, the words of its PDF, and its metadata."""
    mine = seat(agency, actor)
    job = start_unit_report(agency=agency, actor=actor, seat=mine, unit=unit_for(mine, unit.pk))
    run_due()
    job.refresh_from_db()
    with default_storage.open(StoredFile.objects.get(job=job).path) as file:
        pdf = PdfReader(io.BytesIO(file.read()))
    return job, " ".join(" ".join(page.extract_text().split()) for page in pdf.pages), pdf.metadata


def pdf_of(agency: Agency, actor: User, unit: Unit) -> Any:
    """The PDF that the job made."""
    job, _words, _metadata = report(agency, actor, unit)
    with default_storage.open(StoredFile.objects.get(job=job).path) as file:
        return opened(file.read())


def figures(pdf: Any) -> list[str]:
    """The words in the place of each picture, for who cannot see it."""
    found, waiting = [], [pdf.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, DictionaryObject):
            found += [str(element["/Alt"])] if element.get("/S") == "/Figure" else []
            waiting += [element["/K"]] if "/K" in element else []
        elif isinstance(element, ArrayObject):
            waiting += reversed(element)
    return found


def colors(pdf: Any) -> str:
    """The drawing orders of the first page."""
    return str(pdf.pages[0].get_contents().get_data().decode("latin-1"))


def answer_to(person: Any, file: str) -> int:
    """The status with which a file is handed out."""
    answer = confirm(person).get(file)
    if answer.status_code == 200:
        assert answer.getvalue().startswith(b"%PDF")
    return int(answer.status_code)


def close(unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(discretion="closed")


def test_the_report_says_where_the_unit_stands(inside: Agency, alice: User, made: SimpleNamespace) -> None:
    _job, words, metadata = report(inside, alice, made.unit)
    for said in (
        "1 of 11 action items confirmed",
        "Clean water in 14 villages.",
        "Villages with clean water: 5 villages",
        "Three wells hold.",
        "Step 1: Identify the smallest strategic unit",
        "Our organization’s SSU",
        "Note: The elders of three villages agreed.",
        "Confirmed by Alice",
        "Water is life.",
        TRUE_PERSON,
    ):
        assert said in words, said
    assert metadata.title.startswith(TRUE_NAME)


def test_a_closed_unit_is_told_by_its_alias_without_its_texts(
    inside: Agency, carol: User, made: SimpleNamespace
) -> None:
    close(made.unit)
    job, words, metadata = report(inside, carol, made.unit)
    whole = f"{words} {dict(metadata)} {StoredFile.objects.get(job=job).name} {job.title}"
    assert "Project Cedar" in words
    assert "Kept back: this unit is closed" in words
    for kept in (TRUE_NAME, TRUE_PLACE, TRUE_PERSON, "elders", "14 villages", "wells", "Water is life"):
        assert kept not in whole, kept


def test_who_may_know_reads_the_closed_unit_whole(inside: Agency, alice: User, made: SimpleNamespace) -> None:
    close(made.unit)
    _job, words, _metadata = report(inside, alice, made.unit)
    assert TRUE_NAME in words
    assert "The elders" in words


def test_a_report_made_before_is_closed_with_its_unit(
    inside: Agency, alice: User, carol: User, made: SimpleNamespace, visit: Any
) -> None:
    job, _words, _metadata = report(inside, carol, made.unit)
    file = reverse("job_file", args=[inside.slug, job.pk, StoredFile.objects.get(job=job).pk])
    assert answer_to(visit(carol), file) == 200
    first, *_others = visit(carol).get(reverse("job", args=[inside.slug, job.pk])).context["job"].links
    assert first.url == file  # what one came for is the main button
    close(made.unit)
    assert answer_to(visit(carol), file) == 404
    assert answer_to(visit(alice), file) == 200
    page = reverse("job", args=[inside.slug, job.pk])
    told = ["Its file was withdrawn" in visit(user).get(page).content.decode() for user in (carol, alice)]
    assert told == [True, False]


@pytest.mark.parametrize("state", ["done", "failed"])
def test_jobs_call_the_unit_what_the_reader_may_now(
    inside: Agency, alice: User, carol: User, made: SimpleNamespace, visit: Any, state: str
) -> None:
    """On the list, the job's page, the administrator's home page and in the notice; no name is written down."""
    job, _words, _metadata = report(inside, carol, made.unit)
    ring(Job, job=job)
    Job.objects.update(state=state, created_at=job.created_at - timedelta(minutes=1))
    pages = [reverse("jobs", args=[inside.slug]), reverse("job", args=[inside.slug, job.pk])]
    for page in pages:
        assert f"Report of {TRUE_NAME}" in visit(carol).get(page).content.decode()
    close(made.unit)
    for page in pages:
        said = visit(carol).get(page).content.decode()
        assert ("Report of a unit" in said, "Project Cedar" in said, "Tamrin" in said) == (True, False, False)
        assert f"Report of {TRUE_NAME}" in visit(alice).get(page).content.decode()
    home = visit(alice).get(reverse("home", args=[inside.slug])).content.decode()
    assert (f"Report of {TRUE_NAME}" in home) == (state == "failed")
    texts = [*Job.objects.values_list("title", flat=True), *Notice.objects.values_list("text", flat=True)]
    assert [text for text in texts if "Tamrin" in text or "Cedar" in text] == []


def test_titles_of_jobs_take_one_query(
    inside: Agency, carol: User, made: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    mine = seat(inside, carol)
    for count in (1, 3):
        while Job.objects.count() < count:
            start_unit_report(agency=inside, actor=carol, seat=mine, unit=unit_for(mine, made.unit.pk))
        found = list(Job.objects.all())
        with django_assert_num_queries(1):
            assert set(titles_of(mine, found).values()) == {f"Report of {TRUE_NAME}"}


def test_a_report_made_before_is_closed_with_a_person(
    inside: Agency, alice: User, carol: User, made: SimpleNamespace
) -> None:
    job, _words, _metadata = report(inside, carol, made.unit)
    assert may_have_report(seat(inside, carol), job.arguments)
    type(made.naomi).objects.filter(pk=made.naomi.pk).update(discretion="closed", alias="Worker 7")
    assert not may_have_report(seat(inside, carol), job.arguments)
    assert may_have_report(seat(inside, alice), job.arguments)


def test_a_new_colleague_closes_no_report(inside: Agency, alice: User, carol: User, made: SimpleNamespace) -> None:
    job, _words, _metadata = report(inside, carol, made.unit)
    newcomer = ssu.add_worker(agency=inside, actor=alice, name="Orpah")
    ssu.add_team_member(
        agency=inside, actor=alice, unit=made.unit, worker=newcomer, role=Role.MEMBER, joined_on=inside.today()
    )
    assert may_have_report(seat(inside, carol), job.arguments)


def test_a_leader_has_no_report_of_another_unit(
    inside: Agency, alice: User, bob: User, made: SimpleNamespace, visit: Any
) -> None:
    other = ssu.add_unit(
        agency=inside, actor=alice, strategy=made.unit.strategy, code="W2", name="Other", kind="community"
    )
    job, _words, _metadata = report(inside, alice, other)
    assert not may_have_report(seat(inside, bob), job.arguments)
    assert visit(bob).post(reverse("unit_report_start", args=[inside.slug, other.pk])).status_code == 403
    assert visit(bob).post(reverse("unit_report_start", args=[inside.slug, made.unit.pk])).status_code == 302


def test_what_changed_after_it_was_asked_for_ends_the_job(inside: Agency, carol: User, made: SimpleNamespace) -> None:
    mine = seat(inside, carol)
    job = start_unit_report(agency=inside, actor=carol, seat=mine, unit=unit_for(mine, made.unit.pk))
    close(made.unit)
    run_due()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert StoredFile.objects.filter(job=job).count() == 0


def test_the_number_of_queries_does_not_grow_with_the_team(
    inside: Agency, alice: User, made: SimpleNamespace, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    mine = seat(inside, alice)
    for number in range(5):
        worker = ssu.add_worker(agency=inside, actor=alice, name=f"Worker {number}")
        ssu.add_team_member(
            agency=inside, actor=alice, unit=made.unit, worker=worker, role=Role.MEMBER, joined_on=inside.today()
        )
    with django_assert_max_num_queries(10):
        facts_of(mine, unit_for(mine, made.unit.pk))


LINE = "Villages with clean water: 5 villages on"


def test_the_report_wears_the_look_of_its_agency(
    inside: Agency, elsewhere: Agency, alice: User, mallory: User, made: SimpleNamespace
) -> None:
    with scope.of_agency(elsewhere.pk):
        set_logo(agency=elsewhere, actor=mallory, content=drawn_logo("Secret"))
        choose_accent(agency=elsewhere, actor=mallory, accent="#7a1f5c")
    plain = pdf_of(inside, alice, made.unit)
    (chart,) = figures(plain)
    assert chart.startswith(LINE)
    assert len(plain.pages[0].images) == 0
    assert "0.054902 0.352941 0.368627" in colors(plain)  # the teal of the product
    set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    choose_accent(agency=inside, actor=alice, accent="#1b4d8f")
    worn = pdf_of(inside, alice, made.unit)
    logo, chart = figures(worn)
    assert (logo, chart.startswith(LINE)) == ("Logo of Harbor Light", True)
    assert len(worn.pages[0].images) == 1
    drawn = colors(worn)
    assert ("0.105882 0.301961 0.560784" in drawn, "0.054902 0.352941 0.368627" in drawn) == (True, False)
    assert "0.478431 0.121569 0.360784" not in drawn
    assert "/Marked" in worn.root_object["/MarkInfo"]


def test_the_six_steps_stand_on_top_with_their_state(inside: Agency, alice: User, made: SimpleNamespace) -> None:
    mine = seat(inside, alice)
    made_report = report_of(mine, facts_of(mine, unit_for(mine, made.unit.pk)))
    assert [(cell.number, cell.count, cell.state) for cell in made_report.strip] == [
        (1, "1 of 1", "Completed"),
        (2, "0 of 1", "Not started"),
        (3, "0 of 2", "Not started"),
        (4, "0 of 2", "Not started"),
        (5, "0 of 3", "Not started"),
        (6, "0 of 2", "Not started"),
    ]
    ActionItem.objects.filter(unit=made.unit, step=3).update(due_on=date(2024, 1, 1))
    late = report_of(mine, facts_of(mine, unit_for(mine, made.unit.pk)))
    assert (late.strip[2].state, late.strip[2].tint) == ("2 late", "late")
    assert [item.note for item in late.steps[2].items] == ["due 1 Jan 2024"] * 2


def test_a_unit_of_which_nothing_is_known_says_so(inside: Agency, alice: User, made: SimpleNamespace) -> None:
    empty = ssu.add_unit(
        agency=inside, actor=alice, strategy=made.unit.strategy, code="W3", name="Empty", kind="community"
    )
    _job, words, _metadata = report(inside, alice, empty)
    for said in ("No impact goal has been written yet.", "No core messages have been agreed to yet.", "nobody yet"):
        assert said in words, said
    assert "Kept back" not in words


def test_guidelines_are_for_those_who_read_them(
    inside: Agency, alice: User, bob: User, dan: User, made: SimpleNamespace
) -> None:
    _job, words, _metadata = report(inside, alice, made.unit)
    assert "No guidelines have been agreed to yet." in words
    now = inside.created_at
    Guidelines.objects.create(
        unit=made.unit, version=1, author=bob, submitted_at=now, approved_at=now, security="Write no village names."
    )
    told = {user.name: report(inside, user, made.unit)[1] for user in (alice, bob, dan)}
    assert {name: "Write no village names." in words for name, words in told.items()} == {
        "Alice": True,
        "Bob": True,
        "Dan": False,
    }
    assert "Guidelines for communication" not in told["Dan"]
    close(made.unit)
    assert "Guidelines for communication" not in report(inside, dan, made.unit)[1]


def test_a_closed_unit_shows_no_line_of_its_goal(inside: Agency, carol: User, made: SimpleNamespace) -> None:
    close(made.unit)
    assert figures(pdf_of(inside, carol, made.unit)) == []


def test_names_that_run_the_other_way_keep_their_order(inside: Agency, alice: User, made: SimpleNamespace) -> None:
    name = "\u062c\u0645\u0627\u0639\u0629 \u0627\u0644\u0646\u0647\u0631"
    assert (direction(name), direction("Riverbend"), direction("12")) == ("rtl", "ltr", "ltr")
    Unit.objects.filter(pk=made.unit.pk).update(name=name)
    pdf = pdf_of(inside, alice, made.unit)
    assert pdf.metadata.title.startswith(name)
    assert "/StructTreeRoot" in pdf.root_object
