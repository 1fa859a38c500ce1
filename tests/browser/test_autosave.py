"""Saving while one writes, in a real browser: by itself, taken back, without a connection, against somebody else."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from communications import operations
from communications.models import CoreMessage
from ssu import operations as ssu

STATUS = "yk-autosave [data-status]"
WORDS = "What every partner should hear"


@pytest.fixture
def staff(agency: Agency, alice: User, bob: User) -> User:
    """Bob, who may write for every unit."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        people.add_member(agency=agency, actor=alice, user=bob, roles=(Role.STAFF,))
    return bob


@pytest.fixture
def draft(live_server: Any, agency: Agency, alice: User, staff: User) -> CoreMessage:
    """A draft of core messages in an open unit, committed so that the server sees it."""
    return begin(agency, alice, "open")


def begin(agency: Agency, alice: User, level: str) -> CoreMessage:
    with transaction.atomic(), scope.of_agency(agency.pk):
        strategy = ssu.add_strategy(agency=agency, actor=alice, code="S1", name="Unreached Peoples")
        given: dict[str, Any] = {"kind": "community", "alias": "Cedar", "region": "North", "discretion": level}
        unit = ssu.add_unit(agency=agency, actor=alice, strategy=strategy, code="U1", name="Riverbend", **given)
        return operations.begin_core_message(agency=agency, actor=alice, unit=unit, text="Water.")


def edit_url(agency: Agency, draft: CoreMessage) -> str:
    return reverse("core_message_edit", args=[agency.slug, draft.unit_id, draft.version])


@pytest.fixture
def write(agency: Agency, draft: CoreMessage, open_page: Callable[..., Page], visit: Any) -> Callable[..., Page]:
    """`write(alice)` is the page of the draft in that person's browser."""

    def open_it(user: User, **options: Any) -> Page:
        return open_page(edit_url(agency, draft), session=visit(user).cookies["sessionid"].value, **options)

    return open_it


@pytest.fixture
def write_refused(agency: Agency, draft: CoreMessage, browser: Browser, live_server: Any, visit: Any) -> Iterator[Any]:
    """The same, where the server will refuse a save: the browser writes that to its console, other errors fail."""
    contexts, errors = [], list[str]()

    def open_it(user: User) -> Page:
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        session = visit(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(edit_url(agency, draft))
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


def text_of(agency: Agency, draft: CoreMessage) -> str:
    """What the server has."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        return str(CoreMessage.objects.get(pk=draft.pk).text)


def kept(page: Page) -> int:
    """How many drafts this device keeps."""
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('yk.')).length"))


@pytest.mark.django_db(transaction=True)
def test_it_saves_three_seconds_after_the_last_key_and_takes_it_back(
    agency: Agency, draft: CoreMessage, alice: User, write: Callable[..., Page]
) -> None:
    page = write(alice)
    page.clock.install()
    page.reload()
    page.get_by_label(WORDS).fill("Water is a beginning.")
    page.clock.run_for(2900)
    assert text_of(agency, draft) == "Water."
    assert kept(page) == 1
    page.clock.run_for(200)
    expect(page.locator(STATUS)).to_contain_text("Saved ")
    assert text_of(agency, draft) == "Water is a beginning."
    assert kept(page) == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label(WORDS)).to_have_value("Water.")
    page.clock.run_for(100)
    expect(page.get_by_role("button", name="Undo")).to_have_count(1)
    assert text_of(agency, draft) == "Water."


@pytest.mark.django_db(transaction=True)
def test_leaving_the_form_saves_and_the_check_of_wording_speaks(
    agency: Agency, draft: CoreMessage, alice: User, write: Callable[..., Page]
) -> None:
    page = write(alice)
    page.get_by_label(WORDS).fill("Please send gifts to our family.")
    page.get_by_role("searchbox").first.focus()
    expect(page.locator(STATUS)).to_contain_text("Saved ")
    expect(page.locator("[data-notes] li")).to_contain_text("reads as if a gift went to a person")
    assert text_of(agency, draft) == "Please send gifts to our family."


@pytest.mark.django_db(transaction=True)
def test_two_people_in_one_draft_lose_nothing(
    agency: Agency, draft: CoreMessage, alice: User, staff: User, write_refused: Callable[..., Page]
) -> None:
    alices, bobs = write_refused(alice), write_refused(staff)
    alices.get_by_label(WORDS).fill("Alice writes.")
    alices.get_by_role("searchbox").first.focus()
    expect(alices.locator(STATUS)).to_contain_text("Saved ")
    with bobs.expect_response(lambda answer: answer.status == 409):
        bobs.get_by_label(WORDS).fill("Bob writes.")
        bobs.get_by_role("searchbox").first.focus()
    expect(bobs.locator(STATUS)).to_contain_text("somebody else has changed this draft")
    assert text_of(agency, draft) == "Alice writes."
    bobs.get_by_role("button", name="Compare both").click()
    expect(bobs.locator(".card", has_text="Saved meanwhile")).to_contain_text("Alice writes.")
    expect(bobs.get_by_label(WORDS)).to_have_value("Bob writes.")
    expect(bobs.get_by_role("heading", name="Alice has changed this draft while you wrote")).to_be_visible()
    bobs.get_by_role("button", name="Save draft").click()
    expect(bobs.get_by_role("status").filter(has_text="Draft saved.")).to_have_count(1)
    assert text_of(agency, draft) == "Bob writes."


@pytest.mark.django_db(transaction=True)
def test_without_a_connection_the_words_stay_on_the_device_and_come_back(
    agency: Agency, draft: CoreMessage, alice: User, write: Callable[..., Page]
) -> None:
    page = write(alice)
    fail = refuse_saves(page)
    page.get_by_label(WORDS).fill("Written on the train.")
    page.get_by_role("searchbox").first.focus()
    expect(page.locator(STATUS)).to_contain_text("No connection")
    assert (text_of(agency, draft), kept(page)) == ("Water.", 1)
    page.reload()
    expect(page.get_by_label(WORDS)).to_have_value("Water.")
    expect(page.locator(STATUS)).to_contain_text("are kept on this device")
    page.unroute("**/edit/", fail)
    page.get_by_role("button", name="Put them back").click()
    expect(page.locator(STATUS)).to_contain_text("Saved ")
    assert (text_of(agency, draft), kept(page)) == ("Written on the train.", 0)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_was_sent_leaves_nothing_to_put_back(
    agency: Agency, draft: CoreMessage, alice: User, write: Callable[..., Page]
) -> None:
    page = write(alice)
    page.get_by_label(WORDS).fill("Water and bread.")
    page.get_by_role("button", name="Add a message").click()
    expect(page.get_by_label(WORDS)).to_have_value("Water and bread.")
    expect(page.get_by_label("In a few sentences")).to_have_count(1)
    expect(page.locator(STATUS)).to_have_text("")
    assert kept(page) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("level", "asks"), [("closed", True), ("open", False)])
def test_leaving_words_that_are_kept_nowhere_asks_first(
    live_server: Any,
    agency: Agency,
    alice: User,
    staff: User,
    open_page: Callable[..., Page],
    visit: Any,
    level: str,
    asks: bool,
) -> None:
    draft = begin(agency, alice, level)
    page = open_page(edit_url(agency, draft), session=visit(alice).cookies["sessionid"].value)
    refuse_saves(page)
    page.get_by_label(WORDS).click()
    page.keyboard.type("Only here. ")
    asked = page.evaluate("!window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    assert asked == asks
    page.get_by_label(WORDS).fill("Water.")  # nothing is left to be saved when the page closes
    assert page.evaluate("window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def refuse_saves(page: Page) -> Callable[[Route], None]:
    """From now on no save gets through; the page itself does."""

    def fail(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("aborted")
        else:
            route.continue_()

    page.route("**/edit/", fail)
    return fail


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_pauses_with_its_reason_until_the_words_change(
    agency: Agency, draft: CoreMessage, alice: User, write_refused: Callable[..., Page]
) -> None:
    page = write_refused(alice)
    with page.expect_response(lambda answer: answer.status == 422):
        page.get_by_label("In a few sentences").first.fill("A body without a headline.")
        page.get_by_role("searchbox").first.focus()
    expect(page.locator(STATUS)).to_contain_text("Not saved: Headline: Give this message a headline")
    page.get_by_label("Headline").first.fill("Water")
    page.get_by_role("searchbox").first.focus()
    expect(page.locator(STATUS)).to_contain_text("Saved ")


@pytest.mark.django_db(transaction=True)
def test_in_a_closed_unit_nothing_stays_on_the_device(
    live_server: Any, agency: Agency, alice: User, staff: User, open_page: Callable[..., Page], visit: Any
) -> None:
    draft = begin(agency, alice, "closed")
    page = open_page(edit_url(agency, draft), session=visit(alice).cookies["sessionid"].value)
    refuse_saves(page)
    page.get_by_label(WORDS).fill("Written in silence.")
    page.get_by_role("searchbox").first.focus()
    expect(page.locator(STATUS)).to_contain_text("Leave this page open")
    assert kept(page) == 0
    page.get_by_label(WORDS).fill("Water.")  # nothing is left to be saved when the page closes


@pytest.mark.django_db(transaction=True)
def test_without_scripts_it_is_a_plain_form(
    agency: Agency, draft: CoreMessage, alice: User, write: Callable[..., Page]
) -> None:
    page = write(alice, script=False)
    page.get_by_label(WORDS).fill("By hand.")
    page.get_by_role("button", name="Add a message").click()
    expect(page.get_by_label("In a few sentences")).to_have_count(1)
    page.get_by_role("button", name="Submit for agreement").click()
    expect(page.get_by_text("Submitted. Somebody else reads it and agrees.")).to_have_count(1)
    assert text_of(agency, draft) == "By hand."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_model_prints_on_two_pages(
    live_server: Any, agency: Agency, alice: User, open_page: Callable[..., Page], visit: Any, paper: str
) -> None:
    url = reverse("starter_part", args=[agency.slug, "explanation"])
    page = open_page(url, session=visit(alice).cookies["sessionid"].value)
    assert len(PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False))).pages) == 2
