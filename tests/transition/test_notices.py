"""Letters of a wave: once to each giver, and noted on the record by the fact that they went out."""

import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from agencies.models import Agency
from communications import operations as letters
from communications.models import CoreMessage, Exclusion, Letter, LetterMessage
from communications.operations.audience import MustStayOut
from communications.queries.readers import counts_of
from core.money import Money
from delivery.models import OutgoingMessage
from delivery.operations import record_fate
from delivery.sending import end
from jobs.models import StoredFile
from jobs.testing import run_due
from partners.models import Commitment, Partner
from partners.operations import add_address, add_commitment, add_email, merge_partners
from ssu.models import Unit
from ssu.operations import add_team_member, worker_of
from tests.cast import Visitor
from transition import operations
from transition.models import Kind, Plan, PostedNotice, Shift, ShiftAct, Wave
from transition.operations.acts import ActAhead, NotAgreedTo
from transition.operations.notices import LetterThere, NothingPosted, NothingToPrint, tell_by_letter
from transition.operations.waves import NotOpen

DAY = timedelta(days=1)
Visit = Callable[[User], Visitor]
BODY = "Dear {{greeting}},\n\nfrom now on as {{unit_name}}."


def of(commitment: Commitment) -> Partner:
    found: Partner = commitment.giving_unit.partner
    return found


@pytest.fixture
def may_write(inside: Agency, act: dict[str, Any]) -> None:
    inside.address = "1 Harbor Street\nPortland, ME 04101"
    inside.save()
    letters.decide_policy(**act, news=True, appeals=False, months=24, wording="They gave")


@pytest.fixture
def words(act: dict[str, Any], plan: Plan, carol: User) -> CoreMessage:
    made = letters.write_core_message(**act, unit=plan.unit, text="All of us serve one goal")
    return letters.approve_core_message(agency=plan.agency, actor=carol, message=made)


@pytest.fixture
def givers(act: dict[str, Any], promise: Callable[..., Commitment]) -> SimpleNamespace:
    """Givers with promises to Anna's account: two who read e-mail, one of them twice a giver, one in German, one whom
    only the post reaches, one whom nothing reaches, one who objected, and a key donor.
    """
    found = SimpleNamespace(
        **{name: promise(name, 5000) for name in ("mail", "other", "german", "post", "nothing", "no", "key")}
    )
    for name in ("mail", "other", "german", "no", "key"):
        add_email(**act, partner=of(getattr(found, name)), email=f"{name}@example.org", whose="")
    for name in ("post", "no"):
        home: dict[str, Any] = {"lines": f"1 {name} Street", "city": "Portland", "region": "ME", "postal_code": "04101"}
        add_address(**act, partner=of(getattr(found, name)), **home)
    Partner.objects.filter(pk=of(found.german).pk).update(language="de")
    letters.note_objection(agency=act["agency"], partner=of(found.no), wording="No letters", source="call")
    again = {"frequency": "yearly", "starts_on": found.mail.starts_on, "designation": found.mail.designation}
    found.twice = add_commitment(**act, giving_unit=found.mail.giving_unit, amount=Money(7000, "USD"), **again)
    return found


@pytest.fixture
def letter(
    act: dict[str, Any],
    may_write: None,
    givers: SimpleNamespace,
    opened: Callable[..., list[Shift]],
    words: CoreMessage,
) -> Letter:
    """The letter of an open wave, in English, approved."""
    shifts = opened(*vars(givers).values())
    Shift.objects.filter(commitment=givers.key).update(is_key=True)
    return write(act, shifts[0].wave, words)


def write(act: dict[str, Any], wave: Wave, words: CoreMessage | None, language: str = "en") -> Letter:
    given: dict[str, Any] = {"subject": "What changes", "body": BODY, "language": language, "message": words}
    made = operations.write_notice(**act, wave=wave, **given)
    return letters.approve_letter(**act, letter=made)


def wave_of(letter: Letter) -> Wave:
    found: Wave = Wave.objects.select_related("plan__unit", "plan__designation").get(pk=letter.series.partition(":")[2])
    return found


def post_all(act: dict[str, Any], letter: Letter) -> None:
    """Send a letter; a mail server takes all that is in the outbox."""
    letters.send_letter(**act, letter=letter)
    run_due()
    for message in OutgoingMessage.objects.filter(purpose="letter", state="queued"):
        end(message, OutgoingMessage.State.ACCEPTED)


def told() -> dict[str, tuple[str, int | None]]:
    """Who was told, how, and with which version of the core messages: by last name, of the acts that stand."""
    acts = ShiftAct.objects.filter(kind=Kind.NOTICED, taken_back_at=None).select_related("message")
    rows = acts.values_list("shift__commitment__giving_unit__partner__last_name", "how", "message__version", "shift")
    return {f"{name} {shift}": (how, version) for name, how, version, shift in rows}


def named(told_now: dict[str, Any]) -> list[str]:
    return sorted(name.partition(" ")[0] for name in told_now)


def test_each_giver_of_a_wave_gets_one_letter_and_the_record_says_so(
    act: dict[str, Any], letter: Letter, givers: SimpleNamespace, words: CoreMessage
) -> None:
    assert counts_of(act["agency"], letter).reasons == {
        Exclusion.TALK_FIRST: 1,
        Exclusion.OBJECTED: 1,
        Exclusion.NO_EMAIL: 2,
        Exclusion.LANGUAGE: 1,
    }
    letters.send_letter(**act, letter=letter)
    run_due()
    assert told() == {}, "what only waits in the outbox has told nobody"
    sent = OutgoingMessage.objects.filter(purpose="letter")
    assert sorted(sent.values_list("to", flat=True)) == ["mail@example.org", "other@example.org"]
    for message in sent:
        end(message, OutgoingMessage.State.ACCEPTED)
        record_fate(message=message, fate="delivered")
    assert named(told()) == ["mail", "mail", "other"], "both promises of one giver, by one letter"
    assert set(told().values()) == {("email", words.version)}
    german = write(act, wave_of(letter), words, "de")
    assert counts_of(act["agency"], german).readers == 1
    post_all(act, german)
    assert OutgoingMessage.objects.filter(purpose="letter").count() == 3
    assert named(told()) == ["german", "mail", "mail", "other"]


def test_no_second_letter_of_a_wave_reaches_anybody(
    act: dict[str, Any], letter: Letter, givers: SimpleNamespace, words: CoreMessage
) -> None:
    post_all(act, letter)
    with pytest.raises(LetterThere):
        write(act, wave_of(letter), words)
    letters.cancel_letter(agency=act["agency"], actor=act["actor"], letter=write(act, wave_of(letter), words, "de"))
    second = write(act, wave_of(letter), words, "de")
    with pytest.raises(MustStayOut):
        letters.include_partner(**act, letter=second, partner=of(givers.mail))
    row = LetterMessage.objects.get(partner=of(givers.mail))
    with pytest.raises(IntegrityError, match="one_letter_of_a_series"), transaction.atomic():
        LetterMessage.objects.create(agency=act["agency"], letter=second, partner=row.partner, series=letter.series)
    tell_by_letter(agency=act["agency"], message=row, on=act["agency"].today())
    assert named(told()) == ["mail", "mail", "other"]


def test_an_e_mail_that_comes_back_told_nobody_and_is_listed_for_a_talk(
    act: dict[str, Any], letter: Letter, givers: SimpleNamespace, visit: Visit, alice: User
) -> None:
    post_all(act, letter)
    agreed = Shift.objects.get(commitment=givers.twice)
    operations.agree(**act, shift=agreed, on=act["agency"].today(), how="spoken")
    record_fate(message=OutgoingMessage.objects.get(to="mail@example.org"), fate="bounced", words="no such box")
    assert named(told()) == ["mail", "other"], "who has answered was told"
    slip = ShiftAct.objects.get(shift__commitment=givers.mail)
    assert (slip.taken_back_by, slip.taken_back_reason) == (None, "The e-mail came back")
    page = visit(alice).get(reverse("wave", args=["harbor", wave_of(letter).pk]))
    assert {(row.giver.split()[-1], row.why) for row in page.context["notices"]["talks"]} == {
        ("key", "Key donor: hears it from somebody first"),
        ("mail", "The e-mail did not arrive"),
        ("nothing", "No e-mail address"),
        ("no", "Objected or unsubscribed"),
        ("german", "Reads another language"),
    }
    assert page.context["notices"]["to_print"] == 1
    listed = visit(alice).get(reverse("api_wave_talks", args=["harbor", wave_of(letter).pk])).json()["results"]
    talks = page.context["notices"]["talks"]
    assert [(row["shift"], row["why"]) for row in listed] == [(row.shift_id, row.why) for row in talks]
    assert [row["giver"].split()[-1] for row in listed if row["is_key"]] == ["key"]


def test_who_reads_no_e_mail_gets_paper_and_is_told_when_it_is_posted(
    act: dict[str, Any], letter: Letter, givers: SimpleNamespace, visit: Visit, alice: User
) -> None:
    browser, wave = visit(alice), wave_of(letter)
    with pytest.raises(NothingPosted):
        operations.note_posted(**act, wave=wave, on=act["agency"].today())
    made = browser.post(reverse("wave_print", args=["harbor", wave.pk]))
    assert made.status_code == 302
    run_due()
    [posted] = PostedNotice.objects.all()
    assert (posted.partner, posted.posted_on) == (of(givers.post), None)
    with default_storage.open(StoredFile.objects.get(name__startswith="letters-wave").path) as file:
        [page] = [page.extract_text() for page in PdfReader(io.BytesIO(file.read())).pages]
    assert all(word in page for word in ("1 post Street", "Portland ME 04101", "Dear Ruth", "Riverbend"))
    add_email(**act, partner=posted.partner, email="late@example.org", whose="")
    post_all(act, letter)
    assert not OutgoingMessage.objects.filter(to="late@example.org").exists(), "paper is on its way"
    with pytest.raises(ActAhead):
        operations.note_posted(**act, wave=wave, on=act["agency"].today() + DAY)
    answered = browser.post(reverse("wave_posted", args=["harbor", wave.pk]), {"on": str(act["agency"].today())})
    assert answered.status_code == 302
    assert ("letter", 1) in [how for name, how in told().items() if name.startswith("post")]
    with pytest.raises(NothingToPrint):
        operations.print_notices(**act, wave=wave)


def test_printing_and_sending_take_turns(act: dict[str, Any], letter: Letter) -> None:
    """Else who gets an address meanwhile has the letter twice. The letters last, behind their unit, as sending does:
    two that take them the other way round would wait for each other.
    """
    with CaptureQueriesContext(connection) as asked:
        operations.print_notices(**act, wave=wave_of(letter))
    held = held_in(asked)
    assert held.index('"ssu_unit"') < held.index('"communications_letter"')
    with CaptureQueriesContext(connection) as asked:
        letters.send_letter(**act, letter=letter)
    held = held_in(asked)
    assert held.index('"ssu_unit"') < held.index('"communications_letter"')
    assert "transition" not in " ".join(held)


def held_in(asked: CaptureQueriesContext) -> list[str]:
    """The tables of which rows were locked, in that order."""
    return [each["sql"].partition("FROM ")[2].split()[0] for each in asked if "FOR UPDATE" in each["sql"]]


def test_a_leader_reads_that_the_office_prints(
    act: dict[str, Any],
    letter: Letter,
    visit: Visit,
    bob: User,
    joins: Callable[..., Any],
    unit: Unit,
) -> None:
    """Who may not name every partner prints nothing, and is not left to wonder about those whom no e-mail reaches."""
    since = act["agency"].today() - DAY
    add_team_member(**act, unit=unit, worker=worker_of(joins(bob)), role="leader", joined_on=since)
    page = visit(bob).get(reverse("wave", args=["harbor", wave_of(letter).pk])).content.decode()
    assert ("No e-mail reaches 1 giver" in page, "the office prints it" in page) == (True, True)
    assert reverse("wave_print", args=["harbor", wave_of(letter).pk]) not in page


def test_letters_go_out_while_the_wave_is_open(
    act: dict[str, Any], may_write: None, wave: Wave, promise: Callable[..., Commitment], words: CoreMessage
) -> None:
    operations.add_to_wave(**act, wave=wave, commitments=[promise("Moab", 5000)])
    with pytest.raises(NotOpen):
        letters.send_letter(**act, letter=write(act, wave, words))
    draft = letters.begin_core_message(**act, unit=wave.plan.unit, text="Not agreed yet")
    with pytest.raises(NotAgreedTo):
        write(act, wave, draft, "de")


def test_the_letter_begins_from_the_starter_pack_and_the_core_messages(
    visit: Visit, alice: User, may_write: None, wave: Wave, words: CoreMessage
) -> None:
    browser, page = visit(alice), reverse("wave_letter_add", args=["harbor", wave.pk])
    body = browser.get(page).context["form"].initial["body"]
    assert ("Dear {{greeting}}" in body, "All of us serve one goal" in body) == (True, True)
    assert "impact_goal" not in body
    said = {"language": "en", "subject": "What changes", "body": body, "message": words.pk}
    made = browser.post(page, said)
    assert made.url == reverse("letter", args=["harbor", Letter.objects.get().pk])
    again = browser.post(page, said)
    assert (again.status_code, "has a letter in this language already" in again.content.decode()) == (422, True)
    assert Letter.objects.get().core_message == words


def test_who_was_merged_gets_no_second_letter_and_is_told_by_the_first(
    act: dict[str, Any], letter: Letter, givers: SimpleNamespace, words: CoreMessage
) -> None:
    letters.send_letter(**act, letter=letter)
    run_due()
    merge_partners(**act, survivor=of(givers.german), losers=[of(givers.mail)])
    german = write(act, wave_of(letter), words, "de")
    assert counts_of(act["agency"], german).readers == 0
    for message in OutgoingMessage.objects.filter(purpose="letter", state="queued"):
        end(message, OutgoingMessage.State.ACCEPTED)
    assert named(told()) == ["german", "german", "german", "other"]
