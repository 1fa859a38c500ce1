"""The way of a message, and what a dying worker leaves behind."""

import smtplib
import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from agencies import scope
from agencies.models import Agency
from delivery import pump, sending
from delivery.messages import message_id
from delivery.models import OutgoingMessage
from delivery.operations import cancel, leave, pause, queue, resume, send_again, suppress
from delivery.operations.unknown import NotUnknown
from delivery.queries import undecided
from jobs.due import due_work

State = OutgoingMessage.State


class Killed(BaseException):
    """The worker dies here: nothing catches it, nothing is cleaned up."""


def state_of(message: OutgoingMessage) -> str:
    state: str = OutgoingMessage.objects.get(pk=message.pk).state
    return state


def let_leases_run_out() -> None:
    past = timezone.now() - timedelta(seconds=1)
    OutgoingMessage.objects.exclude(lease_until=None).update(lease_until=past)


def test_message_is_sent_once(letter: Any, send: Any, provider: Any) -> None:
    message = letter()
    assert (send(), send()) == (1, 0)
    row = OutgoingMessage.objects.get(pk=message.pk)
    assert (row.state, row.attempts, row.lease_until) == ("accepted", 1, None)
    assert row.accepted_at is not None
    assert provider.copies == Counter({message_id(message.pk): 1})


def test_outgoing_mail_carries_what_was_queued(letter: Any, send: Any, provider: Any) -> None:
    letter(html="<p>Dear</p>", headers={"List-Unsubscribe": "<https://x>"}, sender="A <a@b.org>", reply_to="c@d.org")
    seen: list[Any] = []
    provider.trouble = seen.append
    send()
    (mail,) = seen
    assert (mail.from_email, mail.to, mail.reply_to) == ("A <a@b.org>", ["grace@example.org"], ["c@d.org"])
    assert mail.extra_headers["List-Unsubscribe"] == "<https://x>"
    assert [(part.content, part.mimetype) for part in mail.alternatives] == [("<p>Dear</p>", "text/html")]


# Six points at which the worker may die: each names a function and whether it dies before or after it is through.
POINTS = [
    ("lease", "before", "queued", 0),
    ("lease", "after", "leased", 0),
    ("begin", "before", "leased", 0),
    ("begin", "after", "sending", 0),
    ("settle", "before", "sending", 1),
    ("settle", "after", "accepted", 1),
]


def die(monkeypatch: Any, name: str, when: str) -> None:
    """Let the worker die once, before or after the named step has committed."""
    step, left = getattr(sending, name), [1]

    def deadly(*arguments: Any, **named: Any) -> Any:
        if when == "before" and left and left.pop():
            raise Killed
        answer = step(*arguments, **named)
        if when == "after" and left and left.pop():
            raise Killed
        return answer

    monkeypatch.setattr(sending, name, deadly)


@pytest.mark.parametrize(("name", "when", "state", "copies"), POINTS)
def test_killed_worker_never_causes_two(
    letter: Any, send: Any, provider: Any, monkeypatch: Any, name: str, when: str, state: str, copies: int
) -> None:
    message, other = letter(), letter("other@example.org")
    die(monkeypatch, name, when)
    with pytest.raises(Killed):
        send()
    assert (state_of(message), provider.copies[message_id(message.pk)]) == (state, copies)
    let_leases_run_out()
    send()
    unclear = state == "sending"
    assert state_of(message) == ("unknown" if unclear else "accepted")
    assert provider.copies[message_id(message.pk)] == (copies if unclear else 1)
    assert provider.copies[message_id(other.pk)] == 1


def test_without_recovery_the_message_is_lost(letter: Any, send: Any, provider: Any, monkeypatch: Any) -> None:
    """The control: when nobody takes expired leases, what a dead worker held is never sent."""
    message = letter()
    die(monkeypatch, "begin", "before")
    with pytest.raises(Killed):
        send()
    send()
    assert (state_of(message), provider.copies[message_id(message.pk)]) == ("leased", 0)


def test_sending_without_its_own_step_would_send_two(letter: Any, send: Any, provider: Any, monkeypatch: Any) -> None:
    """The control of the control: a worker that does not say `sending` first is taken for one that had sent nothing."""
    message = letter()
    monkeypatch.setattr(sending, "begin", lambda due, row: True)
    die(monkeypatch, "settle", "before")
    with pytest.raises(Killed):
        send()
    let_leases_run_out()
    send()
    assert provider.copies[message_id(message.pk)] == 2


def test_provider_with_keys_is_asked_again_inside_its_window(
    letter: Any, send: Any, provider: Any, monkeypatch: Any
) -> None:
    message = letter()
    provider.key_window_seconds = 3600
    die(monkeypatch, "begin", "after")
    with pytest.raises(Killed):
        send()
    let_leases_run_out()
    send()
    assert (state_of(message), provider.copies[message_id(message.pk)]) == ("accepted", 1)


def test_slow_worker_still_says_how_it_went(letter: Any, send: Any, provider: Any) -> None:
    """The lease runs out during the hand-over, another pass declares the message unknown, then the answer comes."""
    message = letter()

    def slow(mail: Any) -> None:
        let_leases_run_out()
        (due,) = due_work(10, "outbox")
        assert sending.send_one(due, provider) is None
        assert state_of(message) == "unknown"

    provider.trouble = slow
    send()
    assert (state_of(message), sum(provider.copies.values())) == ("accepted", 1)


def refuse(error: Exception) -> Any:
    def raise_it(mail: Any) -> None:
        raise error

    return raise_it


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"greylisted")}), "queued"),
        (smtplib.SMTPDataError(552, b"too big"), "failed"),
        (smtplib.SMTPSenderRefused(421, b"later", "me"), "queued"),
        (smtplib.SMTPServerDisconnected("gone"), "unknown"),
        (TimeoutError("timed out"), "unknown"),
        (KeyError("a bug"), "unknown"),
    ],
)
def test_answers_of_mail_servers(letter: Any, send: Any, provider: Any, error: Exception, state: str) -> None:
    message = letter()
    provider.trouble = refuse(error)
    send()
    assert state_of(message) == state
    assert OutgoingMessage.objects.get(pk=message.pk).last_error != ""


def test_temporary_failure_waits_longer_each_time_and_gives_up(letter: Any, send: Any, provider: Any) -> None:
    message = letter()
    provider.trouble = refuse(smtplib.SMTPDataError(451, b"busy"))
    waits = []
    for _ in range(7):
        send()
        row = OutgoingMessage.objects.get(pk=message.pk)
        if row.not_before is not None and row.state == State.QUEUED:
            waits.append(round((row.not_before - row.changed_at).total_seconds() / 60))
        OutgoingMessage.objects.update(not_before=None)
    assert waits == [1, 5, 30, 120, 480, 1440]
    assert (state_of(message), OutgoingMessage.objects.get().last_error) == ("failed", "451 busy")


def test_message_that_kills_every_worker_fails_in_the_end(letter: Any, send: Any) -> None:
    message = letter()
    OutgoingMessage.objects.update(attempts=7, state="leased", lease_until=timezone.now() - timedelta(seconds=1))
    send()
    assert state_of(message) == "failed"


def test_header_that_no_mail_may_have_holds_up_nobody(letter: Any, send: Any, provider: Any) -> None:
    bad, good = letter(headers={"X-Note": "one\r\nBcc: all@example.org"}), letter("other@example.org")
    send()
    assert (state_of(bad), state_of(good)) == ("failed", "accepted")
    assert provider.order == ["other@example.org"]


def test_unreachable_mail_server_leaves_everything_queued(letter: Any, send: Any, provider: Any) -> None:
    message = letter()
    provider.open = lambda: refuse(ConnectionRefusedError())(None)
    assert send() == 0
    row = OutgoingMessage.objects.get(pk=message.pk)
    assert (row.state, row.attempts) == ("queued", 0)


def test_pause_resume_and_cancel_by_reference(letter: Any, send: Any, provider: Any) -> None:
    mine: dict[str, Any] = {"reference_kind": "communications.letter", "reference_id": 7}
    first, second, other = letter(**mine), letter("b@example.org", **mine), letter("c@example.org")
    assert pause(**mine) == 2
    send()
    assert provider.order == ["c@example.org"]
    assert resume(**mine) == 2
    OutgoingMessage.objects.filter(pk=second.pk).update(state="paused")
    send()
    assert cancel(**mine) == 1
    assert [state_of(message) for message in (first, second, other)] == ["accepted", "cancelled", "accepted"]


def test_suppression_after_queueing_stops_the_message(letter: Any, send: Any, provider: Any, alice: Any) -> None:
    message = letter("Grace@Example.org")
    suppress(actor=alice, address="grace@example.org", reason="asked", purpose="letter")
    send()
    assert (state_of(message), provider.order) == ("suppressed", [])


def test_person_decides_about_unknown_ones(letter: Any, send: Any, provider: Any, inside: Agency, alice: Any) -> None:
    from agencies.models import AuditEntry

    again, left = letter(), letter("b@example.org")
    OutgoingMessage.objects.update(state="unknown", attempts=1)
    assert send() == 0
    send_again(agency=inside, actor=alice, message=again, reason="she did not get it")
    leave(agency=inside, actor=alice, message=left)
    assert send() == 1
    assert provider.copies == Counter({message_id(again.pk): 1})
    assert (state_of(again), state_of(left)) == ("accepted", "unknown")
    acts = AuditEntry.objects.filter(verb__endswith="message") | AuditEntry.objects.filter(verb__startswith="send mess")
    assert set(acts.values_list("verb", "reason")) == {
        ("send message again", "she did not get it"),
        ("leave message", ""),
    }
    with pytest.raises(NotUnknown):
        leave(agency=inside, actor=alice, message=left)


def test_a_message_that_is_unknown_again_waits_for_a_decision_again(
    letter: Any, send: Any, provider: Any, inside: Agency, alice: Any
) -> None:
    def gone(mail: Any) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    message = letter()
    OutgoingMessage.objects.update(state="unknown", attempts=1)
    send_again(agency=inside, actor=alice, message=message)
    assert list(undecided()) == []
    provider.trouble = gone
    send()
    assert list(undecided()) == [message]
    message.refresh_from_db()
    assert (message.settled_at, message.settled_by) == (None, None)
    leave(agency=inside, actor=alice, message=message)
    assert list(undecided()) == []


def test_agencies_take_turns_and_account_mail_goes_first(
    agency: Agency, elsewhere: Agency, send: Any, provider: Any
) -> None:
    with scope.of_agency(agency.pk):
        for number in range(3):
            queue(to=f"a{number}@example.org", subject="s", text="t", purpose="letter")
    with scope.of_agency(elsewhere.pk):
        queue(to="b0@example.org", subject="s", text="t", purpose="letter")
    queue(to="reset@example.org", subject="s", text="t", purpose="account")
    send()
    names = [address.split("@")[0] for address in provider.order]
    assert names[0] == "reset"
    assert set(names[1:3]) == {"a0", "b0"}
    assert names[3:] == ["a1", "a2"]


def test_pace_sleeps_between_messages() -> None:
    slept: list[float] = []
    pace = pump.Pace(10, sleep=slept.append)
    for _ in range(3):
        pace.wait()
    assert [round(seconds, 1) for seconds in slept] == [0.1, 0.2]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_open_while_a_message_is_handed_over(agency: Agency, send: Any, provider: Any) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        message = queue(to="grace@example.org", subject="s", text="t", purpose="letter")
    open_blocks: list[bool] = []
    states: list[str] = []

    def look(mail: Any) -> None:
        open_blocks.append(connection.in_atomic_block)
        with transaction.atomic(), scope.of_agency(agency.pk):
            states.append(state_of(message))

    provider.trouble = look
    assert pump.send_due() == 1
    assert (open_blocks, states) == ([False], ["sending"])


@pytest.mark.django_db(transaction=True)
def test_second_sender_does_nothing_while_the_first_is_at_it(agency: Agency, send: Any, provider: Any) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        queue(to="grace@example.org", subject="s", text="t", purpose="letter")
    answers: list[int] = []

    def second(mail: Any) -> None:
        def run() -> None:
            answers.append(pump.send_due())
            connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    provider.trouble = second
    assert pump.send_due() == 1
    assert answers == [0]
    assert sum(provider.copies.values()) == 1
