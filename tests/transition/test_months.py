"""The month ledger: before = moved + stayed + lost + pending, in every month, per currency, to the cent."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from agencies.models import Agency
from core.money import Money
from core.periods import month_start
from partners.models import Commitment
from partners.operations import change_commitment, end_commitment, refund_gift
from transition import operations
from transition.models import Plan, Shift
from transition.proofs import prove_transition
from transition.queries.chains import last_of
from transition.queries.months import Sum, ledger

DAY = timedelta(days=1)


def now(agency: Agency) -> dict[str, Sum]:
    """The present month."""
    return ledger(agency, Plan.objects.all())[month_start(agency.today())]


def agree(act: dict[str, Any], shift: Shift, on: date) -> None:
    operations.give_notice(**act, shift=shift, on=on, how="spoken")
    operations.agree(**act, shift=shift, on=on, how="spoken")


@pytest.fixture
def shift(opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], inside: Agency) -> Shift:
    """$100 a month, in a wave that was opened two hundred days ago."""
    [made] = opened(promise("Moab", 10000), on=inside.today() - 200 * DAY)
    return made


@pytest.mark.parametrize(
    ("minor", "row"),
    [
        (10000, Sum(before=10000, moved=10000)),
        (6000, Sum(before=10000, moved=6000, lost=4000)),
        (15000, Sum(before=10000, moved=10000, new=5000)),
    ],
)
def test_moved_counts_from_the_first_gift_and_no_more_than_before(
    act: dict[str, Any],
    shift: Shift,
    inside: Agency,
    give: Callable[..., Any],
    places: SimpleNamespace,
    minor: int,
    row: Sum,
) -> None:
    today = inside.today()
    agree(act, shift, today - 40 * DAY)
    assert now(inside) == {"USD": Sum(before=10000, pending=10000)}
    operations.move(
        **act,
        shift=shift,
        on=today - 35 * DAY,
        effective_on=today - 30 * DAY,
        amount=Money(minor, "USD"),
        frequency="monthly",
    )
    waits = now(inside)["USD"]
    assert (waits.moved, waits.pending, waits.lost) == (0, row.moved, row.lost)
    gift = give(shift.commitment, places.unit, minor, today - 3 * DAY)
    assert now(inside) == {"USD": row}
    refund_gift(**act, gift=gift, amount=Money(minor, "USD"), on=today, key="back", reason="Wrong account")
    assert now(inside)["USD"].moved == 0


def test_a_gift_on_the_old_account_moves_nothing(
    act: dict[str, Any], shift: Shift, inside: Agency, give: Callable[..., Any], places: SimpleNamespace
) -> None:
    today = inside.today()
    agree(act, shift, today - 40 * DAY)
    operations.move(**act, shift=shift, on=today, effective_on=today - 30 * DAY)
    give(shift.commitment, places.account, 10000, today - 3 * DAY)
    assert now(inside) == {"USD": Sum(before=10000, pending=10000)}


@pytest.mark.parametrize("how", ["silent", "declined", "left"])
def test_who_does_not_agree_stayed(act: dict[str, Any], shift: Shift, inside: Agency, how: str) -> None:
    on = inside.today()
    operations.give_notice(**act, shift=shift, on=on - DAY, how="letter")
    if how == "silent":
        operations.note_silence(**act, shift=shift, on=on)
    elif how == "declined":
        operations.decline(**act, shift=shift, on=on, how="spoken")
    else:
        operations.leave(**act, shift=shift, on=on, words="Ill")
    assert now(inside) == {"USD": Sum(before=10000, stayed=10000)}
    change_commitment(
        **act,
        commitment=last_of(shift.commitment),
        amount=Money(9000, "EUR"),
        frequency="monthly",
        starts_on=on,
    )
    assert now(inside) == {"EUR": Sum(new=9000), "USD": Sum(before=10000, lost=10000)}


def test_what_ends_is_lost_and_the_months_before_stay_as_they_were(
    act: dict[str, Any], shift: Shift, inside: Agency
) -> None:
    today = inside.today()
    end_commitment(**act, commitment=shift.commitment, on=today - 70 * DAY)
    months = ledger(inside, Plan.objects.all())
    assert now(inside) == {"USD": Sum(before=10000, lost=10000)}
    first = months[month_start(today - 200 * DAY)]
    assert first == {"USD": Sum(before=10000, pending=10000)}


def test_a_way_back_stays_again(
    act: dict[str, Any], shift: Shift, inside: Agency, give: Callable[..., Any], places: SimpleNamespace
) -> None:
    today = inside.today()
    agree(act, shift, today - 60 * DAY)
    operations.move(**act, shift=shift, on=today - 60 * DAY, effective_on=today - 50 * DAY)
    give(shift.commitment, places.unit, 10000, today - 45 * DAY)
    assert now(inside)["USD"].moved == 10000
    operations.roll_back(**act, shift=shift, on=today, effective_on=today, words="Asked for it")
    assert now(inside) == {"USD": Sum(before=10000, stayed=10000)}


def test_a_plan_without_an_opened_wave_has_no_months(inside: Agency, plan: Plan) -> None:
    assert ledger(inside, [plan]) == {}


def test_the_number_of_queries_does_not_grow(
    opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], inside: Agency, act: dict[str, Any]
) -> None:
    from django.test.utils import CaptureQueriesContext

    shifts = opened(*(promise(f"Giver {number}", 1000) for number in range(5)), on=inside.today() - 90 * DAY)
    for each in shifts:
        agree(act, each, inside.today())
        operations.move(**act, shift=each, on=inside.today(), effective_on=inside.today())
    with CaptureQueriesContext(
        connection,
    ) as seen:
        ledger(inside, Plan.objects.all())
    assert len(seen) == 5


def test_the_proof_names_what_does_not_hold(
    act: dict[str, Any], shift: Shift, inside: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(act, shift, inside.today() - 40 * DAY)
    finding = prove_transition(inside)
    assert (finding.holds, finding.compared["commitments"]) == (True, 1)
    monkeypatch.setattr("transition.queries.months.month_value", lambda amount, frequency, month: amount - 1)
    wrong = prove_transition(inside)
    assert len(wrong.differences) == finding.compared["months"]
    assert f"Commitment {shift.commitment_id} in " in wrong.differences[0]
