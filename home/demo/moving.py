"""The transition of the demo's first unit: key donors talked to in summer, a second wave under way, a third planned."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from agencies.models import Agency, Role
from communications.models import CoreMessage
from core.money import Money
from core.periods import add_months, month_start
from funds.models import Designation
from partners import operations as partners
from partners.models import Commitment
from ssu.models import TeamMember, Unit, Worker
from transition import operations
from transition.models import Plan, Shift, Wave

KEY_DONORS, FRIENDS = 3, 3
WORDS = (
    "Glad that the whole team is carried now",
    "Asked whether the family is provided for; they are",
    "Wants to hear of the lessons each spring",
)
SUBJECT = "What changes, and what does not"
LETTER = """Dear {{greeting}},

There are several of us who serve together as {{unit_name}}, and we ask you to stand with all of us from now on.

What you gave before was used as you meant it, and nothing is moved before you have told us that you agree.

With thanks,
{{agency_name}}"""
"""The letter of the third wave, a draft still."""


@dataclass(frozen=True)
class Work:
    """Who acts, on what, when."""

    agency: Agency
    plan: Plan
    talks: dict[str, Any]
    books: dict[str, Any]
    message: CoreMessage | None
    workers: list[Worker]
    today: date


def move_over(agency: Agency, cast: dict[str, User], unit: Unit, today: date) -> None:
    """Three waves of one unit. Key donors answer each in words; of the friends some are still to reply."""
    target = Designation.objects.filter(unit=unit, kind=Designation.Kind.UNIT).order_by("code").first()
    running = Commitment.objects.active_on(add_months(today, -5)).active_on(today).filter(followed_by=None)
    on_accounts = running.filter(designation__unit=unit, designation__kind=Designation.Kind.WORKER)
    found = list(on_accounts.order_by("-amount", "pk"))
    if target is None or len(found) <= KEY_DONORS + FRIENDS:
        return
    leader: dict[str, Any] = {"agency": agency, "actor": cast[Role.LEADER]}
    finance: dict[str, Any] = {"agency": agency, "actor": cast[Role.FINANCE]}
    work = Work(
        agency,
        operations.start_plan(**leader, unit=unit, designation=target),
        leader,
        finance,
        CoreMessage.objects.agreed().filter(unit=unit).order_by("-version").first(),
        [each.worker for each in TeamMember.objects.serving().filter(unit=unit).select_related("worker")],
        today,
    )
    keep_paid(work, found)
    first = opened(work, "Key donors", found[:KEY_DONORS], add_months(today, -4), is_key=True)
    friends = found[KEY_DONORS : KEY_DONORS + FRIENDS]
    second = opened(work, "Friends of the team", friends, add_months(today, -2), is_key=False)
    answer_in_words(work, first)
    answer_letters(work, second)
    planned = operations.add_wave(**leader, plan=work.plan, name="All others", reply_by=add_months(today, 3))
    operations.add_to_wave(**leader, wave=planned, commitments=found[KEY_DONORS + FRIENDS :])
    operations.write_notice(**leader, wave=planned, subject=SUBJECT, body=LETTER, language="en", message=work.message)


def keep_paid(work: Work, found: list[Commitment]) -> None:
    """The board's word to each worker whose partners are asked."""
    accounts = Designation.objects.filter(pk__in={each.designation_id for each in found})
    for account in accounts.order_by("code"):
        operations.guarantee(
            **work.books,
            plan=work.plan,
            account=account,
            how="Pay and benefits go on as they are, from the general fund where the unit's budget falls short",
            until=add_months(work.today, 14),
            given_by="The board, resolution 2026-05",
            told_on=add_months(work.today, -5),
        )


def opened(work: Work, name: str, found: list[Commitment], on: date, *, is_key: bool) -> list[Shift]:
    """A wave that was opened on a day, with who talks to whom."""
    reply_by = on + timedelta(days=40)
    wave: Wave = operations.add_wave(**work.talks, plan=work.plan, name=name, reply_by=reply_by)
    shifts = operations.add_to_wave(**work.talks, wave=wave, commitments=found, is_key=is_key)
    for number, each in enumerate(shifts if is_key else ()):
        talker = work.workers[number % len(work.workers)]
        operations.set_shift(**work.talks, shift=each, is_key=True, talker=talker)
    operations.open_wave(**work.talks, wave=wave, on=on)
    return list(Shift.objects.filter(wave=wave).select_related("wave__plan", "commitment").order_by("-amount", "pk"))


def answer_in_words(work: Work, shifts: list[Shift]) -> None:
    """One key donor moved all, one gives less than before, one stays with the worker."""
    for number, each in enumerate(shifts):
        on = (each.wave.opened_on or work.today) + timedelta(days=4 + 3 * number)
        said: dict[str, Any] = {"shift": each, "how": "spoken"}
        operations.give_notice(**work.talks, **said, on=on, message=work.message, words=WORDS[number % len(WORDS)])
        replied = on + timedelta(days=9)
        if number == KEY_DONORS - 1:
            operations.decline(**work.talks, **said, on=replied, words="They stay with the worker for now")
            continue
        operations.agree(**work.talks, **said, on=replied, words="")
        moves(work, each, replied, each.commitment.amount * (1 if number else 3) // (1 if number else 5), gives=True)


def answer_letters(work: Work, shifts: list[Shift]) -> None:
    """The letter went to all: one agreed and has given since, one agreed and has not, one has not replied."""
    wave = shifts[0].wave
    told = (wave.opened_on or work.today) + timedelta(days=3)
    operations.tell_all(**work.talks, wave=wave, on=told, how="letter", message=work.message)
    for number, each in enumerate(shifts[:2]):
        replied = told + timedelta(days=6 + 2 * number)
        operations.agree(**work.talks, shift=each, how="letter", on=replied)
        moves(work, each, replied, each.commitment.amount, gives=not number)
    if wave.reply_by < work.today:
        operations.note_silences(**work.talks, wave=wave, on=wave.reply_by + timedelta(days=1))


def moves(work: Work, shift: Shift, agreed: date, minor: int, *, gives: bool) -> None:
    """The mandate is changed, and where they `give`, gifts come for the unit each month since."""
    start = min(add_months(month_start(agreed), 1), work.today)
    amount = Money(minor, shift.commitment.currency)
    operations.move(
        **work.talks,
        shift=shift,
        on=min(agreed + timedelta(days=5), work.today),
        effective_on=start,
        amount=amount,
    )
    day, number = start + timedelta(days=2), 0
    while gives and day <= work.today:
        part = partners.Part(work.plan.designation, amount)
        key = f"demo-moved-{shift.pk}-{number}"
        giver = shift.commitment.giving_unit
        partners.record_gift(**work.books, giving_unit=giver, on=day, parts=[part], key=key, method="bank")
        day, number = add_months(day, 1), number + 1
