"""Three years of history, imported before the go-live date, tell nobody anything, and are not receipted again. Counted,
and each count with the control of an agency that was live all the time.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.operations import set_live_on
from agencies.seats import seat_of
from communications.models import Letter
from core.periods import add_months
from delivery.models import Notice, OutgoingMessage, Task, WebhookEvent
from delivery.operations.webhooks import add_webhook
from imports.operations import apply_import, check_import, receive_file
from partners import operations
from partners.event_kinds import KINDS
from partners.models import Commitment, CommitmentEvent, Contact, ExternalId, FollowUp, Gift
from partners.operations.commitment_events import find_events
from partners.queries.giving_reports.lines import Wanted
from partners.queries.giving_reports.questions import Periods
from partners.queries.giving_reports.thanks import waiting
from reports.models import StatementIssue
from reports.operations import set_receipt_start
from reports.queries.givers import to_state

MONTHS, GIFTS = 36, 34
TOLD: dict[str, Any] = {
    "events": CommitmentEvent,
    "tasks": Task,
    "notices": Notice,
    "mails": OutgoingMessage,
    "letters": Letter,
    "follow-ups": FollowUp,
    "contacts": Contact,
    "statements": StatementIssue,
    "webhooks": WebhookEvent,
}


def counted() -> dict[str, int]:
    return {name: model.objects.count() for name, model in TOLD.items()}


@pytest.fixture
def bring(
    inside: Agency,
    alice: User,
    finn: User,
    add: Any,
    promise: Callable[..., Commitment],
    places: SimpleNamespace,
    tmp_path: Path,
    settings: Any,
) -> Callable[[], None]:
    """`bring()` imports what Ruth gave in three years: every month but the last two, and once a little more."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "stored"}}
    settings.STORAGES = storages
    ruth, today = add("Moab", email="ruth@example.org"), inside.today()
    first = add_months(today, -MONTHS)
    ExternalId.objects.create(partner=ruth, source=inside.default_source, value="7", norm="7")
    promise(ruth, 5000, first)
    add_webhook(
        agency=inside, actor=alice, name="Books", url="https://books.example.org/", kinds=[k.name for k in KINDS]
    )
    operations.choose_audiences(agency=inside, actor=alice, told={("late", "finance"): True})
    days = [add_months(first, number) for number in range(GIFTS)]
    rows = [f"G{number},{day},7,0100,{'60.00' if number == 20 else '50.00'}" for number, day in enumerate(days)]
    file = tmp_path / "history.csv"
    file.write_text("\n".join(["gift_id,gift_date,donor_id,designation,amount", *rows]))

    def run() -> None:
        received = receive_file(agency=inside, actor=alice, name="history.csv", content=file, check=False)
        apply_import(agency=inside, actor=alice, run=check_import(agency=inside, run=received))
        assert Gift.objects.count() == GIFTS

    return run


def waiting_for_thanks(agency: Agency, user: User) -> int:
    seat = seat_of(agency, Membership.objects.get(user=user))
    return waiting(seat, Wanted(), Periods(first=agency.today() - timedelta(days=900), last=agency.today())).count()


def gone_live(agency: Agency, alice: User, on: date) -> Agency:
    live = set_live_on(agency=agency, actor=alice, live_on=on)
    agency.live_on = live.live_on
    return agency


def test_history_raises_no_thanks_event_task_mail_or_letter(inside: Agency, alice: User, bring: Any) -> None:
    before = counted()
    live = gone_live(inside, alice, inside.today())
    bring()
    for _ in range(2):
        find_events(agency=live)
    assert counted() == before
    assert waiting_for_thanks(live, alice) == 0
    assert dict.fromkeys(TOLD, 0) == before


def test_the_control_who_was_live_hears_of_it(inside: Agency, alice: User, bring: Any) -> None:
    live = gone_live(inside, alice, inside.today() - timedelta(days=1200))
    bring()
    find_events(agency=live)
    now = counted()
    assert now["events"] > 0
    assert now["tasks"] + now["notices"] > 0
    assert now["webhooks"] > 0
    assert waiting_for_thanks(live, alice) > 0


def test_what_the_old_system_receipted_is_not_receipted_again(inside: Agency, alice: User, bring: Any) -> None:
    bring()
    years = sorted(set(Gift.objects.values_list("date__year", flat=True)))
    stated = {year: len(to_state(year)) for year in years}
    assert stated == dict.fromkeys(years, 1)  # the control: without the day each year would be stated here
    set_receipt_start(agency=inside, actor=alice, on=inside.today())
    assert {year: len(to_state(year)) for year in years} == dict.fromkeys(years, 0)
