"""Commitments that change: the old one ends, the new one follows it, both stay; each act can be taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners import operations
from partners.models import Commitment, CommitmentEvent, Gift, Partner
from partners.operations.commitment_changes import (
    EndedAlready,
    EventsRest,
    NotAfterItsEnd,
    NotBefore,
    NothingChanges,
    NothingToTakeBack,
    RunsStill,
)
from partners.operations.commitments import EndsNot, EndsTooEarly, FollowedAlready, NotPositive, TooFarAhead
from partners.queries.fulfilment import payments, standing_of

DAY = timedelta(days=1)


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


def more(today: date, minor: int = 8000, **fields: Any) -> dict[str, Any]:
    return {"amount": Money(minor, "USD"), "frequency": "weekly", "starts_on": today, **fields}


def terms(commitment: Commitment) -> tuple[int, date, date | None, str]:
    commitment.refresh_from_db()
    return commitment.amount, commitment.starts_on, commitment.ends_on, commitment.ended_reason


def test_a_change_ends_the_old_one_and_can_be_taken_back(
    act: dict[str, Any], inside: Agency, weekly: Commitment
) -> None:
    before, today = terms(weekly), inside.today()
    made = operations.change_commitment(**act, commitment=weekly, **more(today, reason="A better job"))
    assert terms(weekly) == (5000, weekly.starts_on, today - DAY, "A better job")
    assert (terms(made), made.follows_id, made.resumes) == ((8000, today, None, ""), weekly.pk, False)
    assert operations.take_back_change(**act, commitment=made) == weekly
    assert terms(weekly) == before
    assert list(Commitment.objects.all()) == [weekly]


def test_a_planned_end_goes_over_to_what_follows_and_comes_back(
    act: dict[str, Any], inside: Agency, weekly: Commitment
) -> None:
    last = inside.today() + timedelta(days=100)
    operations.end_commitment(**act, commitment=weekly, on=last)
    made = operations.change_commitment(**act, commitment=weekly, **more(inside.today()))
    assert terms(made)[2] == last
    operations.take_back_change(**act, commitment=made)
    assert terms(weekly)[2] == last


def test_what_has_ended_is_resumed_and_the_time_between_is_not_late(
    act: dict[str, Any], inside: Agency, weekly: Commitment
) -> None:
    ended = inside.today() - timedelta(days=40)
    operations.end_commitment(**act, commitment=weekly, on=ended)
    made = operations.resume_commitment(**act, commitment=weekly, **more(inside.today(), 5000))
    assert (standing_of(inside, made).days_late, standing_of(inside, weekly).bucket.value) == (0, "ended")
    operations.take_back_change(**act, commitment=made)
    assert terms(weekly)[2] == ended
    operations.reopen_commitment(**act, commitment=weekly)
    assert terms(weekly)[2:] == (None, "")


def test_what_cannot_be_changed_is_refused(act: dict[str, Any], inside: Agency, weekly: Commitment) -> None:
    today = inside.today()
    refused: list[tuple[type[Exception], Callable[..., Any], dict[str, Any]]] = [
        (NothingChanges, operations.change_commitment, more(today, 5000)),
        (NotPositive, operations.change_commitment, more(today, 0)),
        (NotBefore, operations.change_commitment, more(weekly.starts_on)),
        (RunsStill, operations.resume_commitment, more(today)),
        (NothingToTakeBack, operations.take_back_change, {}),
        (EndsNot, operations.reopen_commitment, {}),
    ]
    for why, operation, given in refused:
        with pytest.raises(why):
            operation(**act, commitment=weekly, **given)
    operations.end_commitment(**act, commitment=weekly, on=today - DAY)
    with pytest.raises(EndedAlready):
        operations.change_commitment(**act, commitment=weekly, **more(today))
    with pytest.raises(NotAfterItsEnd):
        operations.resume_commitment(**act, commitment=weekly, **more(today - DAY))
    assert Commitment.objects.count() == 1


def test_days_of_a_promise_name_their_field(act: dict[str, Any], inside: Agency, weekly: Commitment) -> None:
    with pytest.raises(EndsTooEarly) as early:
        operations.end_commitment(**act, commitment=weekly, on=weekly.starts_on - timedelta(days=1))
    assert (early.value.code, early.value.field) == ("commitment_dates", "on")
    far = inside.today().replace(year=9999, day=1)
    with pytest.raises(TooFarAhead) as late:
        operations.end_commitment(**act, commitment=weekly, on=far)
    assert late.value.field == "on"
    with pytest.raises(TooFarAhead) as changed:
        operations.change_commitment(**act, commitment=weekly, **more(inside.today(), starts_on=far))
    assert changed.value.field == "starts_on"


def test_what_is_followed_stands(act: dict[str, Any], inside: Agency, weekly: Commitment) -> None:
    today = inside.today()
    made = operations.change_commitment(**act, commitment=weekly, **more(today))
    for operation, given in (
        (operations.change_commitment, more(today, 9000)),
        (operations.end_commitment, {"on": today}),
        (operations.reopen_commitment, {}),
    ):
        with pytest.raises(FollowedAlready):
            operation(**act, commitment=weekly, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.create(
            **{name: getattr(made, name) for name in ("agency", "giving_unit", "designation", "amount", "currency")},
            frequency="weekly",
            starts_on=today,
            follows=weekly,
        )


def test_what_people_were_told_of_is_not_taken_back(act: dict[str, Any], inside: Agency, weekly: Commitment) -> None:
    made = operations.change_commitment(**act, commitment=weekly, **more(inside.today()))
    CommitmentEvent.objects.create(agency=inside, commitment=made, kind="late", key="x", happened_on=inside.today())
    with pytest.raises(EventsRest):
        operations.take_back_change(**act, commitment=made)


def test_gifts_go_to_the_promise_of_their_day(
    act: dict[str, Any],
    inside: Agency,
    weekly: Commitment,
    giving: Callable[..., Gift],
    places: SimpleNamespace,
) -> None:
    giver: Partner = weekly.giving_unit.partner
    made = operations.change_commitment(**act, commitment=weekly, **more(inside.today()))
    old = giving(giver, (places.mine, 6000), on=inside.today() - timedelta(days=30))
    new = giving(giver, (places.mine, 6000))
    found = [(each.promise_id, each.gift_id) for each in payments(inside, Commitment.objects.all())]
    assert found == [(weekly.pk, old.pk), (made.pk, new.pk)]
