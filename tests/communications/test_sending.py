"""A letter goes to each partner exactly once, whatever happens to the job."""

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from communications import operations, tasks
from communications.models import Letter, LetterMessage
from communications.operations import sending
from communications.operations.letters import NoPostalAddress, NotADraft, OnItsWay, SecondPersonNeeded
from communications.operations.sending import NobodyToWriteTo, NotApproved, NothingToStop
from communications.wording import WordBlocked
from delivery.models import OutgoingMessage
from jobs import operations as jobs
from jobs.models import Job
from jobs.testing import run_due
from partners.models import Partner
from ssu.operations.second_person import SpouseActed
from tests.cast import spouse_of
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE

Give = Callable[..., Partner]
Write = Callable[..., Letter]


def addressed() -> Counter[str]:
    """How many messages each address has."""
    return Counter(OutgoingMessage.objects.filter(purpose="letter").values_list("to", flat=True))


def again(letter: Letter) -> Letter:
    return Letter.objects.select_related("unit").get(pk=letter.pk)


@pytest.fixture
def village_of_five(village: SimpleNamespace, give: Give) -> SimpleNamespace:
    for number in range(3):
        give(village.unit, f"More{number}", f"more{number}@example.org")
    return village


FIVE = Counter(dict.fromkeys(["ruth@example.org", "boaz@example.org", *(f"more{n}@example.org" for n in range(3))], 1))


def test_a_letter_goes_to_each_partner_once_with_the_headers_of_bulk_mail(
    posted: Agency, approved: Letter, alice: User, give: Give
) -> None:
    give(approved.unit, "Nomail")
    job = operations.send_letter(agency=posted, actor=alice, letter=approved)
    assert run_due() == 1
    assert addressed() == Counter({"ruth@example.org": 1, "boaz@example.org": 1})
    message = OutgoingMessage.objects.get(to="ruth@example.org", purpose="letter")
    assert message.sender == '"Harbor Light" <no-reply@localhost>'
    assert message.reply_to == "alice@example.org"
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message.headers["List-Unsubscribe"].strip("<>")
    assert link in message.text
    assert "Dear Ruth," in message.text
    assert "1 Harbor Street\nPortland, ME 04101" in message.text
    assert "<p>the well in <strong>our village</strong> gives water.</p>" in message.html
    finished = again(approved)
    assert (finished.state, finished.sent_at is not None) == ("sent", True)
    assert Counter(LetterMessage.objects.values_list("excluded", flat=True)) == {"": 2, "no_email": 1}
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.done, done.total) == ("done", 3, 3)
    assert done.result["url"] == f"/a/harbor/letters/{approved.pk}/"


def test_the_same_job_run_twice_gives_each_one(
    posted: Agency, village_of_five: SimpleNamespace, approved: Letter, alice: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 2)
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    assert addressed() == FIVE
    Letter.objects.filter(pk=approved.pk).update(state="sending", sent_at=None)
    operations.send_letter(agency=posted, actor=alice, letter=again(approved))
    run_due()
    assert addressed() == FIVE
    assert again(approved).state == "sent"


@pytest.mark.parametrize("dies_at", [1, 2, 3])
@pytest.mark.parametrize("after_commit", [True, False])
def test_a_job_that_dies_between_or_inside_steps_goes_on_where_it_was(
    posted: Agency,
    village_of_five: SimpleNamespace,
    approved: Letter,
    alice: User,
    monkeypatch: Any,
    dies_at: int,
    after_commit: bool,
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 2)
    calls = iter(range(1, 100))

    def dying(**given: Any) -> int:
        call = next(calls)
        if call == dies_at and after_commit:
            raise OperationalError("the server closed the connection")
        made = operations.queue_chunk(**given)
        if call == dies_at:
            raise OperationalError("the server closed the connection")
        return made

    monkeypatch.setattr(tasks, "queue_chunk", dying)
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    before = sum(addressed().values())
    assert before < 5 or dies_at == 3
    Job.objects.update(not_before=None)
    run_due()
    assert addressed() == FIVE
    assert Job.objects.get().attempts == 2
    assert again(approved).state == "sent"


def test_control_without_the_unique_row_and_the_key_somebody_gets_two(
    posted: Agency, approved: Letter, alice: User, monkeypatch: Any
) -> None:
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()

    def forget_and_send() -> Counter[str]:
        LetterMessage.objects.all().delete()
        Letter.objects.update(state="sending", sent_at=None)
        operations.send_letter(agency=posted, actor=alice, letter=again(approved))
        run_due()
        return addressed()

    assert set(forget_and_send().values()) == {1}  # the key in the outbox is a second net
    other = iter(range(1000))
    monkeypatch.setattr(sending, "key_of", lambda letter_id, partner_id: f"{partner_id} {next(other) // 100}x")
    assert set(forget_and_send().values()) == {2}


def test_the_database_refuses_a_second_row(posted: Agency, approved: Letter, village: SimpleNamespace) -> None:
    LetterMessage.objects.create(letter=approved, partner=village.ruth, excluded="no_email")
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterMessage.objects.create(letter=approved, partner=village.ruth, excluded="no_email")
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterMessage.objects.create(letter=approved, partner=village.boaz, excluded="no_email", outgoing_id=1)


def test_one_address_gets_one_letter_across_steps(
    posted: Agency, approved: Letter, alice: User, give: Give, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 1)
    give(approved.unit, "Twin", "Ruth@Example.org")
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    assert addressed() == Counter({"ruth@example.org": 1, "boaz@example.org": 1})
    assert LetterMessage.objects.get(partner__first_name="Twin").excluded == "same_address"


def test_who_objects_between_two_steps_gets_nothing(
    posted: Agency, approved: Letter, alice: User, village: SimpleNamespace, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 1)

    def objecting(**given: Any) -> int:
        made = operations.queue_chunk(**given)
        operations.note_objection(agency=posted, partner=village.boaz, wording="no", source="call")
        return made

    monkeypatch.setattr(tasks, "queue_chunk", objecting)
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    assert addressed() == Counter({"ruth@example.org": 1})
    assert LetterMessage.objects.get(partner=village.boaz).excluded == "objected"


def test_cancelling_the_job_stops_the_letter_and_calls_back_what_waits(
    posted: Agency, village_of_five: SimpleNamespace, approved: Letter, alice: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 2)

    def cancelling(**given: Any) -> int:
        made = operations.queue_chunk(**given)
        operations.cancel_letter(agency=posted, actor=alice, letter=again(approved))
        return made

    monkeypatch.setattr(tasks, "queue_chunk", cancelling)
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    assert Job.objects.get().state == "cancelled"
    assert again(approved).state == "cancelled"
    assert Counter(OutgoingMessage.objects.values_list("state", flat=True)) == {"cancelled": 2}
    with pytest.raises(NotApproved):
        operations.send_letter(agency=posted, actor=alice, letter=approved)


def test_a_waiting_job_is_cancelled_with_its_letter(posted: Agency, approved: Letter, alice: User) -> None:
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    operations.cancel_letter(agency=posted, actor=alice, letter=again(approved))
    assert run_due() == 0
    assert (again(approved).state, addressed()) == ("cancelled", Counter())


def test_of_a_sent_letter_only_what_waits_is_called_back(posted: Agency, approved: Letter, alice: User) -> None:
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    OutgoingMessage.objects.filter(to="ruth@example.org").update(state="accepted")
    operations.cancel_letter(agency=posted, actor=alice, letter=again(approved))
    assert dict(OutgoingMessage.objects.values_list("to", "state")) == {
        "ruth@example.org": "accepted",
        "boaz@example.org": "cancelled",
    }
    assert again(approved).state == "sent"
    with pytest.raises(NothingToStop):
        operations.cancel_letter(agency=posted, actor=alice, letter=again(approved))


def test_nothing_goes_out_unapproved_twice_or_without_an_address(
    posted: Agency, village: SimpleNamespace, write: Write, alice: User
) -> None:
    letter = write(village.unit)
    with pytest.raises(NotApproved):
        operations.send_letter(agency=posted, actor=alice, letter=letter)
    posted.address = "  "
    with pytest.raises(NoPostalAddress):
        operations.approve_letter(agency=posted, actor=alice, letter=letter)
    posted.address = "1 Harbor Street"
    operations.approve_letter(agency=posted, actor=alice, letter=letter)
    with pytest.raises(NotADraft):
        operations.approve_letter(agency=posted, actor=alice, letter=letter)
    operations.send_letter(agency=posted, actor=alice, letter=letter)
    with pytest.raises(NotApproved):
        operations.send_letter(agency=posted, actor=alice, letter=letter)
    with pytest.raises(OnItsWay):
        operations.edit_letter(
            agency=posted, actor=alice, letter=letter, subject="x", body="x", purpose="news", language="en"
        )


def test_an_audience_of_zero_is_refused(
    posted: Agency, policy: object, units: SimpleNamespace, give: Give, write: Write, alice: User
) -> None:
    letter = operations.approve_letter(agency=posted, actor=alice, letter=write(units.open))
    with pytest.raises(NobodyToWriteTo):
        operations.send_letter(agency=posted, actor=alice, letter=letter)
    give(units.open, "Nomail")
    with pytest.raises(NobodyToWriteTo):
        operations.send_letter(agency=posted, actor=alice, letter=letter)


def test_a_change_takes_the_approval_back(posted: Agency, approved: Letter, alice: User) -> None:
    same: dict[str, Any] = {"subject": approved.subject, "body": approved.body, "purpose": "news", "language": "en"}
    assert operations.edit_letter(agency=posted, actor=alice, letter=approved, **same).state == "approved"
    changed = operations.edit_letter(agency=posted, actor=alice, letter=approved, **{**same, "subject": "Rain"})
    assert (changed.state, changed.approved_by, changed.approved_at) == ("draft", None, None)


def test_a_letter_of_a_closed_unit_needs_two_people(
    posted: Agency, units: SimpleNamespace, write: Write, alice: User, staff: User
) -> None:
    letter = write(units.closed)
    with pytest.raises(SecondPersonNeeded):
        operations.approve_letter(agency=posted, actor=alice, letter=letter)
    with pytest.raises(SpouseActed):
        operations.approve_letter(agency=posted, actor=spouse_of(alice, "Pia"), letter=letter)
    assert operations.approve_letter(agency=posted, actor=staff, letter=letter).state == "approved"


def test_the_true_name_of_a_closed_unit_goes_nowhere(
    posted: Agency,
    policy: object,
    units: SimpleNamespace,
    give: Give,
    write: Write,
    alice: User,
    staff: User,
) -> None:
    give(units.closed, "Ruth", "ruth@example.org")
    letter = write(units.closed, subject="From {{unit_name}}", body="News of {{unit_name}}.\n\n{{agency_name}}")
    operations.approve_letter(agency=posted, actor=staff, letter=letter)
    operations.send_letter(agency=posted, actor=alice, letter=letter)
    run_due()
    operations.send_proof(agency=posted, actor=alice, letter=letter, partner=Partner.objects.get())
    job = Job.objects.get()
    said = [job.title, job.message, str(job.result), *(line.text for line in job.lines.all())]
    for message in OutgoingMessage.objects.all():
        said += [message.subject, message.text, message.html, str(message.headers), message.sender, message.reply_to]
    from agencies.models import AuditEntry

    said += [f"{entry.label} {entry.changes}" for entry in AuditEntry.objects.exclude(verb="add unit")]
    everything = "\n".join(said)
    assert "From Project Cedar" in everything
    assert TRUE_NAME not in everything
    assert TRUE_PLACE not in everything
    assert "alice@example.org" not in everything


@pytest.mark.parametrize("text", [TRUE_NAME, TRUE_PLACE, "tamrin", "Tamrinese"])
def test_a_letter_that_names_a_closed_unit_is_not_even_saved(units: SimpleNamespace, write: Write, text: str) -> None:
    for unit in (units.open, units.closed):
        with pytest.raises(WordBlocked) as refusal:
            write(unit, subject=f"News from {text}", unmasked=frozenset())
        assert "amrin" not in str(refusal.value)
    with pytest.raises(WordBlocked) as refusal:
        write(units.closed, body=text, unmasked=frozenset({units.closed.pk}))
    assert "amrin" in str(refusal.value)
    assert Letter.objects.count() == 0


def test_a_unit_that_was_closed_after_the_approval_stops_the_sending(
    posted: Agency, village: SimpleNamespace, write: Write, alice: User
) -> None:
    letter = operations.approve_letter(agency=posted, actor=alice, letter=write(village.unit, subject="Riverbend"))
    operations.send_letter(agency=posted, actor=alice, letter=letter)
    unit = village.unit
    unit.discretion, unit.alias = "closed", "Project Oak"
    unit.save()
    run_due()
    assert Job.objects.get().state == "failed"
    assert addressed() == Counter()
    assert "Riverbend" not in Job.objects.get().error


def test_a_proof_goes_to_oneself_without_working_links(
    posted: Agency, village: SimpleNamespace, write: Write, alice: User
) -> None:
    letter = write(village.unit)
    proof = operations.send_proof(agency=posted, actor=alice, letter=letter, partner=village.ruth)
    assert (proof.to, proof.subject, proof.purpose) == ("alice@example.org", "Proof: Water", "notice")
    assert "Dear Ruth" in proof.text
    assert proof.headers == {}
    assert "/p/" not in proof.text + proof.html
    assert LetterMessage.objects.count() == 0


def test_queries_of_a_step_do_not_grow_with_the_partners(
    posted: Agency, approved: Letter, alice: User, give: Give, django_assert_max_num_queries: Any
) -> None:
    for number in range(48):
        give(approved.unit, f"Many{number}", f"many{number}@example.org")
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    composer = operations.begin_sending(agency=posted, letter_id=approved.pk)[0]
    with django_assert_max_num_queries(25):
        assert operations.queue_chunk(agency=posted, composer=composer) == 50
    assert sum(addressed().values()) == 50


def test_the_job_calls_the_unit_what_its_reader_may_now(
    posted: Agency, approved: Letter, village: SimpleNamespace, alice: User, staff: User, visit: Any
) -> None:
    job = operations.send_letter(agency=posted, actor=alice, letter=approved)
    assert job.title == "Letter to partners"
    page = f"/a/{posted.slug}/jobs/"
    assert "Letter to the partners of Riverbend" in visit(staff).get(page).content.decode()
    type(village.unit).objects.filter(pk=village.unit.pk).update(discretion="closed", alias="Birch")
    said = visit(staff).get(page).content.decode()
    assert ("Letter to partners" in said, "Birch" in said, "Riverbend" in said) == (True, False, False)
    assert "Letter to the partners of Riverbend" in visit(alice).get(page).content.decode()


def test_the_job_of_a_closed_unit_does_not_name_it_beside_who_serves_there(
    posted: Agency,
    units: SimpleNamespace,
    serve: Any,
    write: Write,
    staff: User,
    dan: User,
    make_staff: Any,
    visit: Any,
) -> None:
    serve(staff, units.closed, "leader")
    for each in (staff, make_staff(dan)):
        serve(each, units.open, "member")  # Dan knows Carol by name from there
    letter = write(units.closed, actor=staff)
    jobs.start(kind=sending.KIND, actor=staff, title="Letter to partners", arguments={"letter": letter.pk})

    def told(user: User) -> tuple[str, str]:
        row = visit(user).get(reverse("api_jobs", args=[posted.slug])).json()["results"][0]
        return row["title"], row["started_by"]

    assert told(dan) == ("Letter to partners", "Carol")
    assert told(staff) == (f"Letter to the partners of {TRUE_NAME}", "Carol")
    assert units.closed.public_name not in visit(dan).get(reverse("jobs", args=[posted.slug])).content.decode()
