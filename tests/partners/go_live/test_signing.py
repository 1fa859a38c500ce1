"""Two different people sign the figures that they saw; only then the date takes force."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry, Membership, Role
from agencies.operations import add_member, remove_member
from partners.models import CommitmentEvent, GoLiveSignature
from partners.operations import go_live as operations
from partners.operations.corrections import withdraw
from partners.operations.go_live import (
    FiguresChanged,
    LiveBefore,
    LiveIsUsed,
    LiveTooFar,
    NothingToCompare,
    ReasonMissing,
    SignedBefore,
    Unexplained,
    WithdrawnBefore,
    why_it_stays,
)
from partners.queries.go_live import COUNTED, Resting, compared, signatures
from ssu import operations as ssu
from ssu.operations.second_person import SpouseActed
from tests.cast import person
from tests.partners.go_live.conftest import LIVE

Sign = Callable[..., GoLiveSignature]
MARCH, APRIL = "0100,2026-03,USD,75.00,2", "0900,2026-04,USD,9.00,1"


def live_on(agency: Agency) -> date | None:
    found: date | None = Agency.objects.get(pk=agency.pk).live_on
    return found


def test_two_people_sign_and_the_date_takes_force(
    inside: Agency, alice: User, finn: User, history: None, told: Any, sign: Sign
) -> None:
    told(MARCH, APRIL)
    first = sign(alice)
    assert live_on(inside) is None
    with pytest.raises(SignedBefore):
        sign(alice)
    assert live_on(inside) is None
    sign(finn)
    assert live_on(inside) == LIVE
    assert [line[:4] for line in first.figures["lines"]] == [
        ["gifts", "0100", "2026-03", "USD"],
        ["gifts", "0900", "2026-04", "USD"],
    ]
    assert (first.name, first.digest) == ("Alice", compared(LIVE).digest())
    verbs = list(AuditEntry.objects.filter(verb__contains="live").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["sign go-live", "sign go-live", "go live"]
    with pytest.raises(LiveBefore):
        sign(finn)


def test_a_couple_counts_as_one(inside: Agency, alice: User, finn: User, sign: Sign) -> None:
    one, other = (ssu.worker_of(Membership.objects.get(user=user)) for user in (alice, finn))
    ssu.marry(agency=inside, actor=alice, one=one, other=other)
    sign(alice)
    with pytest.raises(SpouseActed):
        sign(finn)
    assert live_on(inside) is None


def test_who_has_left_signs_no_more(inside: Agency, alice: User, finn: User, bob: User, sign: Sign) -> None:
    sign(finn)
    remove_member(agency=inside, actor=alice, membership=Membership.objects.get(user=finn))
    sign(alice)
    assert live_on(inside) is None
    add_member(agency=inside, actor=alice, user=bob, roles=(Role.FINANCE,))
    sign(bob)
    assert live_on(inside) == LIVE


@pytest.mark.parametrize(("days", "is_taken"), [(-367, False), (-366, True), (366, True), (367, False)])
def test_a_slip_in_the_year_is_seen(inside: Agency, alice: User, sign: Sign, days: int, is_taken: bool) -> None:
    day = inside.today() + timedelta(days=days)
    if is_taken:
        assert sign(alice, day).live_on == day
    else:
        with pytest.raises(LiveTooFar):
            sign(alice, day)


def test_the_database_too_refuses_one_person_twice(inside: Agency, alice: User, bob: User, sign: Sign) -> None:
    first = sign(alice)
    row = {"live_on": first.live_on, "digest": first.digest, "figures": {}, "name": "x"}
    with pytest.raises(IntegrityError, match="one_signature_per_person"), transaction.atomic():
        GoLiveSignature.objects.create(agency=inside, by=alice, **row)
    GoLiveSignature.objects.create(agency=inside, by=bob, **row)  # the control


def test_a_signature_stays_as_it_is(inside: Agency, alice: User, sign: Sign) -> None:
    made = sign(alice)
    for column in ("digest = 'x'", "by_id = by_id + 1", "figures = '{}'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE partners_golivesignature SET {column} WHERE id = %s", [made.pk])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM partners_golivesignature")


def test_without_history_two_signatures_are_enough(inside: Agency, alice: User, finn: User, sign: Sign) -> None:
    sign(alice)
    sign(finn)
    assert live_on(inside) == LIVE


def test_history_needs_a_table_and_a_note_for_each_difference(
    inside: Agency, alice: User, finn: User, history: None, told: Any, sign: Sign
) -> None:
    with pytest.raises(NothingToCompare):
        sign(alice)
    told("0100,2026-03,USD,80.00,3", APRIL)
    with pytest.raises(Unexplained):
        sign(alice)
    key = ("gifts", "0100", "2026-03", "USD")
    explain: dict[str, Any] = {"agency": inside, "actor": alice, "live_on": LIVE, "key": key}
    with pytest.raises(FiguresChanged):
        operations.explain_difference(**explain, difference=-499, note="One check bounced")
    with pytest.raises(ReasonMissing):
        operations.explain_difference(**explain, difference=-500, note=" ")
    operations.explain_difference(**explain, difference=-500, note="One check bounced")
    sign(alice)
    told("0100,2026-03,USD,80.01,3", APRIL)  # the note explains five dollars, not a cent more
    assert compared(LIVE).unexplained == 1


def test_what_changes_after_a_signature_makes_it_void(
    inside: Agency, alice: User, finn: User, history: None, told: Any, sign: Sign, add: Any, giving: Any, places: Any
) -> None:
    """The first signature does not count for other figures, nor for another day; who signed signs again."""
    told(MARCH, APRIL)
    first = sign(alice)
    giving(add("Abel"), (places.general, 100), on=date(2026, 4, 2))
    told(MARCH, "0900,2026-04,USD,10.00,2")
    with pytest.raises(FiguresChanged):
        sign(finn, digest=first.digest)
    sign(finn)
    assert live_on(inside) is None
    sign(finn, on=date(2026, 6, 1))
    assert live_on(inside) is None
    sign(alice)
    assert live_on(inside) == LIVE


def test_a_signature_is_withdrawn_with_a_reason_and_can_be_given_again(
    inside: Agency, alice: User, finn: User, sign: Sign
) -> None:
    first = sign(alice)
    act: dict[str, Any] = {"agency": inside, "actor": alice, "signature": first}
    with pytest.raises(ReasonMissing):
        operations.withdraw_signature(**act, reason=" ")
    operations.withdraw_signature(**act, reason="Too early")
    with pytest.raises(WithdrawnBefore):
        operations.withdraw_signature(**act, reason="Too early")
    sign(finn)
    assert live_on(inside) is None
    sign(alice)
    assert live_on(inside) == LIVE


def test_the_date_is_taken_back_while_nothing_rests_on_it(
    inside: Agency, alice: User, finn: User, sign: Sign, add: Any, giving: Any, places: SimpleNamespace
) -> None:
    """What was recorded as news holds the date until it stands no more."""
    sign(alice)
    sign(finn)
    act: dict[str, Any] = {"agency": inside, "actor": finn}
    operations.take_back_go_live(**act, reason="The bank file was missing")
    assert (live_on(inside), signatures()) == (None, [])
    sign(alice)
    sign(finn)
    gift = giving(add("Abel"), (places.general, 100), on=LIVE)
    with pytest.raises(LiveIsUsed, match=r"^1 gift was recorded since .*If an import brought them, undo it"):
        operations.take_back_go_live(**act, reason="Too late")
    assert live_on(inside) == LIVE
    withdraw(agency=inside, actor=alice, gift=gift, reason="Keyed twice")
    operations.take_back_go_live(**act, reason="Once more from the start")
    assert live_on(inside) is None


def test_gifts_of_the_parallel_weeks_do_not_hold_the_date(
    inside: Agency, alice: User, finn: User, sign: Sign, add: Any, giving: Any, places: SimpleNamespace
) -> None:
    """They were recorded before the last signature, so nobody was told of them, also where they lie after the date."""
    giving(add("Abel"), (places.general, 100), on=LIVE)
    giving(add("Seth"), (places.general, 100), on=LIVE + timedelta(days=9))
    sign(alice)
    sign(finn)
    operations.take_back_go_live(agency=inside, actor=finn, reason="The bank file was missing")
    assert live_on(inside) is None


def test_of_many_gifts_it_is_said_that_they_are_many() -> None:
    assert why_it_stays(Resting(told=False, gifts=2)).startswith("2 gifts were recorded")
    assert why_it_stays(Resting(told=False, gifts=COUNTED)).startswith("More than 1,000 gifts")
    assert why_it_stays(Resting(told=True, gifts=COUNTED)).startswith("The date stays: people were told")


def test_what_people_were_told_holds_the_date(
    inside: Agency, alice: User, finn: User, sign: Sign, add: Any, promise: Any
) -> None:
    sign(alice)
    sign(finn)
    promised = promise(add("Abel"), 5000, LIVE)
    CommitmentEvent.objects.create(commitment=promised, kind=CommitmentEvent.Kind.STARTED, key="x", happened_on=LIVE)
    with pytest.raises(LiveIsUsed, match="people were told what happened with commitments"):
        operations.take_back_go_live(agency=inside, actor=finn, reason="Too late")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_two_who_sign_at_once_make_it_live(
    agency: Agency, alice: User, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One waits for the other, and neither misses a signature. The control, without the lock: both read before either
    has written, each thinks to be the first, and nothing takes force.
    """
    with transaction.atomic(), scope.of_agency(agency.pk):
        finn = person("Finn")
        add_member(agency=agency, actor=alice, user=finn, roles=(Role.FINANCE,))
        digest = compared(LIVE).digest()
    both = threading.Barrier(2)
    if not locked:
        monkeypatch.setattr(operations, "held", lambda found: Agency.objects.get(pk=found.pk))
        monkeypatch.setattr(operations, "signatures", lambda: [read := signatures(), both.wait(20)] and read)
    wrong: list[Exception] = []

    def run(user: User) -> None:
        try:
            with transaction.atomic(), scope.of_agency(agency.pk):
                operations.sign_go_live(agency=agency, actor=user, live_on=LIVE, digest=digest)
        except Exception as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(user,)) for user in (alice, finn)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert wrong == []
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert GoLiveSignature.objects.count() == 2
        assert live_on(agency) == (LIVE if locked else None)
