"""What a transition of a unit leaves behind, made by the real operations."""

from datetime import date, timedelta
from typing import Any

from core.money import Money
from funds import operations as funds
from funds.models import Designation
from partners import operations as partners
from partners.models import GivingUnit
from ssu.models import Unit, Worker
from transition import operations
from transition.models import PostedNotice, Wave

LONG_AGO = date(2024, 1, 1)


def in_transition(
    act: dict[str, Any], unit: Unit, worker: Worker, target: Designation, giver: GivingUnit, word: str, today: date
) -> None:
    """A wave that is open, with a commitment that moved and a gift on the old account, and a wave that is planned."""
    account = funds.open_designation(
        **act, code=f"077-{unit.pk}", public_name=f"Account {word}", kind="worker", unit=unit, worker=worker
    )
    promised: dict[str, Any] = {**act, "designation": account, "frequency": "monthly", "starts_on": LONG_AGO}
    moves, waits = (
        partners.add_commitment(**promised, giving_unit=giver, amount=Money(minor, "USD")) for minor in (4000, 1500)
    )
    plan = operations.start_plan(**act, unit=unit, designation=target)
    word_given: dict[str, Any] = {
        "how": f"As now {word}",
        "given_by": f"Board {word}",
        "until": today + timedelta(days=90),
    }
    operations.guarantee(**act, plan=plan, account=account, told_on=today, **word_given)
    first, second = (
        operations.add_wave(**act, plan=plan, name=f"{name} {word}", reply_by=today + timedelta(days=30))
        for name in ("Key", "Others")
    )
    [shift] = operations.add_to_wave(**act, wave=first, commitments=[moves], is_key=True)
    operations.set_shift(**act, shift=shift, is_key=True, talker=worker)
    operations.add_to_wave(**act, wave=second, commitments=[waits])
    operations.open_wave(**act, wave=Wave.objects.get(pk=first.pk))
    shift.refresh_from_db()
    words: dict[str, Any] = {"subject": "What changes", "body": "From now on as one", "language": "en"}
    letter = operations.write_notice(**act, wave=Wave.objects.get(pk=first.pk), **words)
    PostedNotice.objects.create(agency=act["agency"], letter=letter, partner=giver.partner, printed_by=act["actor"])
    said: dict[str, Any] = {"shift": shift, "on": today, "how": "spoken"}
    operations.give_notice(**act, **said, words=f"Told {word}")
    operations.agree(**act, **said, words=f"Gladly {word}")
    operations.move(**act, shift=shift, on=today, effective_on=today)
    for number in range(2):
        gift = partners.record_gift(
            **act,
            giving_unit=giver,
            on=today,
            parts=[partners.Part(account, Money(4000, "USD"))],
            key=f"{word}-old-{number}",
        )
    operations.talk_over(**act, shift=shift, line=gift.lines.get(), on=today, words=f"Forgot {word}")
