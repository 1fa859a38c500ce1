"""The call page: what it tells, what it keeps back, and what is done on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership, Role
from agencies.operations import add_member
from agencies.seats import seat_of
from core.money import Money
from partners import operations
from partners.models import Contact, FollowUp, Gift, GivingUnit, Partner
from partners.pages.calls.call import call_page
from ssu.models import Unit
from tests.cast import Visitor, person
from tests.partners.batched import key_in, opened

Visit = Callable[[User], Visitor]


@pytest.fixture
def stan(inside: Agency, alice: User) -> User:
    made = person("Stan")
    add_member(agency=inside, actor=alice, user=made, roles=(Role.STAFF,))
    return made


@pytest.fixture
def page(inside: Agency) -> Callable[..., dict[str, Any]]:
    """`page(stan, ruth)` is what the call page tells."""

    def make(user: User, partner: Partner, gift: int | None = None) -> dict[str, Any]:
        return call_page(seat_of(inside, Membership.objects.get(user=user)), partner, gift)

    return make


def states(told: dict[str, Any]) -> list[str]:
    return [each.state for each in told["gifts"]]


def test_every_state_of_a_gift_is_told(
    inside: Agency, alice: User, stan: User, add: Any, giving: Any, places: Any, page: Any
) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    ruth, today = add("Moab"), inside.today()
    days = [today - timedelta(days=number) for number in range(6)]
    giving(ruth, (places.mine, 6000), (places.general, 4000), on=days[0], method="check", reference="1042")
    withdrawn = giving(ruth, (places.mine, 2500), on=days[1])
    operations.correct_gift(**act, gift=withdrawn, reason="Typed twice", key="w")
    back = giving(ruth, (places.mine, 3000), on=days[2])
    operations.refund_gift(**act, gift=back, amount=Money(1000, "USD"), on=days[0], reason="Asked", key="r")
    batch = opened(inside, alice, 1, 700)
    key_in(
        inside, alice, batch, GivingUnit.objects.get(partner=ruth), (places.mine, 700), method="check", reference="9"
    )
    told = page(stan, ruth)
    assert sorted(states(told)) == ["in an open batch", "posted", "refund", "refunded in part", "reversed"]
    split = next(each for each in told["gifts"] if each.paid == "Check 1042")
    assert [(part.name, part.amount) for part in split.parts] == [("Riverbend", "$60.00"), ("General fund", "$40.00")]
    assert "Riverbend ($60.00), General fund ($40.00)" in split.say
    reversed_one = next(each for each in told["gifts"] if each.state == "reversed")
    assert any("Typed twice" in words for words in reversed_one.told)
    assert "Typed twice" not in reversed_one.say
    keyed = next(each for each in told["gifts"] if each.state == "in an open batch")
    assert "not booked yet" in keyed.say
    assert "batch 1" in keyed.lies


def test_around_the_gift_stand_promise_shift_and_holder(
    inside: Agency, stan: User, add: Any, giving: Any, promise: Any, places: Any, page: Any, led: Any
) -> None:
    ruth = add("Moab", deceased_on=None)
    giving(ruth, (places.mine, 5000))
    promise(ruth, 5000)
    Unit.objects.filter(pk=led.open.pk).update(shift_date=inside.today() + timedelta(days=10))
    told = page(stan, ruth)
    assert [each.row.amount for each in told["promises"]] == ["$50.00"]
    assert "Shifts on" in told["shifts"][0].state
    Unit.objects.filter(pk=led.open.pk).update(shift_date=inside.today())
    assert "Shifted on" in page(stan, ruth)["shifts"][0].state
    Unit.objects.filter(pk=led.open.pk).update(shift_date=None)
    assert page(stan, ruth)["shifts"][0].say == ""


def test_safe_words_name_no_closed_unit_no_place_and_no_tax_advice(
    inside: Agency, alice: User, bob: User, add: Any, giving: Any, promise: Any, places: Any, page: Any, led: Any
) -> None:
    """Alice may know the true name of the closed unit, and still reads aloud the one for everybody."""
    ruth = add("Moab")
    giving(ruth, (places.closed, 5000), method="check", reference="7")
    promise(ruth, 5000, designation=places.closed)
    Unit.objects.filter(pk=led.closed.pk).update(shift_date=inside.today())
    worker = led.closed.team.first().worker
    operations.appoint_holder(agency=inside, actor=alice, partner=ruth, unit=led.closed, worker=worker)
    told = page(alice, ruth)
    spoken = [each.say for each in (*told["gifts"], *told["promises"], *told["shifts"])] + told["say"]
    public = Unit.objects.get(pk=led.closed.pk).alias
    assert sum(public in words for words in spoken) == 3
    aloud = " ".join(spoken)
    for secret in (led.closed.name, led.closed.place, worker.name, "deduct"):
        assert secret
        assert secret.lower() not in aloud.lower()
    assert "somebody of the team" in aloud
    assert led.closed.name in str(told["holders"])


def test_what_to_mind_before_one_speaks(
    inside: Agency, alice: User, stan: User, add: Any, giving: Any, places: Any, page: Any
) -> None:
    ruth = add("Moab", spouse_first_name="Mahlon", language="ko")
    giving(ruth, (places.mine, 5000), anonymous=True)
    told: dict[str, Any] = {"channel": "call", "outcome": "stop", "happened_on": inside.today()}
    operations.log_contact(agency=inside, actor=alice, partner=ruth, unit=None, **told)
    Partner.objects.filter(pk=ruth.pk).update(deceased_on=inside.today())
    ruth.refresh_from_db()
    minded = " ".join(each.words for each in page(stan, ruth)["cares"])
    for words in ("Died", "Asked us to stop", "anonymously", "More than one person", "한국어"):
        assert words in minded


def test_the_field_sees_its_part_and_no_anonymous_gift(
    inside: Agency, bob: User, add: Any, giving: Any, places: Any, page: Any, visit: Visit, mallory: User
) -> None:
    ruth, naomi = add("Moab"), add("Moab", first_name="Naomi")
    giving(ruth, (places.mine, 6000), (places.general, 4000), reference="1042")
    giving(ruth, (places.mine, 700), anonymous=True)
    giving(naomi, (places.mine, 700), anonymous=True)
    told = page(bob, ruth)
    assert [each.amount for each in told["gifts"]] == ["$60.00"]
    assert told["gifts"][0].lies == ""
    assert visit(bob).get(reverse("call", args=["harbor", naomi.pk])).status_code == 404
    assert visit(bob).get(reverse("call", args=["harbor", ruth.pk])).status_code == 200
    assert visit(mallory).get(reverse("call", args=["harbor", ruth.pk])).status_code == 404


def test_a_call_is_logged_and_somebody_is_asked_to_come_back(
    inside: Agency, stan: User, alice: User, add: Any, visit: Visit
) -> None:
    ruth = add("Moab")
    seen = visit(stan)
    log = reverse("call_log", args=["harbor", ruth.pk])
    answer = seen.post(log, {"outcome": "talked", "note": "Asked for check 1042"})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("calls", args=["harbor"]))
    made = Contact.objects.get()
    assert (made.partner, made.channel, made.outcome, made.note, made.by, made.unit) == (
        *(ruth, "call", "talked", "Asked for check 1042", stan, None),
    )
    assert seen.post(log, {"outcome": "shouted"}).status_code == 422
    follow = reverse("call_follow_up", args=["harbor", ruth.pk])
    member = Membership.objects.get(user=alice).pk
    given = {
        "follow-channel": "call",
        "follow-text": "Check 1042",
        "follow-due_on": str(inside.today()),
        "follow-member": member,
    }
    assert seen.post(follow, given).headers["Location"] == reverse("call", args=["harbor", ruth.pk])
    assert FollowUp.objects.get().assignee == alice
    assert seen.post(follow, {**given, "follow-due_on": ""}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_page_do_not_grow(
    inside: Agency, alice: User, stan: User, add: Any, giving: Any, promise: Any, places: Any, page: Any, count: int
) -> None:
    ruth = add("Moab")
    batch = opened(inside, alice, count, 700 * count)
    for number in range(count):
        giving(ruth, (places.mine, 5000), (places.general, 100), reference=str(number))
        key_in(inside, alice, batch, GivingUnit.objects.get(partner=ruth), (places.mine, 700))
        promise(ruth, 5000 + number)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        told = page(stan, ruth)
    assert len(told["gifts"]) == 2 * count
    assert len(asked) <= 33


def test_the_finder_works_without_a_script_and_says_what_to_try_next(
    inside: Agency, stan: User, visit: Visit, add: Any
) -> None:
    ruth = add("Moab")
    seen, here = visit(stan), reverse("calls", args=["harbor"])
    whole = seen.get(here, {"q": "moab"}).content.decode()
    assert reverse("call", args=["harbor", ruth.pk]) in whole
    assert "<html" in whole
    part = seen.get(here, {"q": "moab"}, headers={"HX-Request": "true", "HX-Target": "callers"}).content.decode()
    assert reverse("call", args=["harbor", ruth.pk]) in part
    assert "<html" not in part
    nothing = seen.get(here, {"q": "zebedee"}).content.decode()
    assert "Nobody answers to" in nothing
    assert "?review=on" in nothing


def test_programs_ask_the_same(inside: Agency, stan: User, add: Any, giving: Any, places: Any, visit: Visit) -> None:
    ruth = add("Moab")
    gift: Gift = giving(ruth, (places.mine, 5000), reference="1042")
    seen = visit(stan)
    found = seen.get("/api/a/harbor/calls/", {"q": "1042"}).json()
    assert [(each["id"], each["name"]) for each in found["callers"]] == [(ruth.pk, "Ruth Moab")]
    told = seen.get(f"/api/a/harbor/calls/{ruth.pk}/", {"gift": gift.pk}).json()
    assert (told["gifts"][0]["state"], told["gifts"][0]["parts"]) == ("posted", [{"name": "Riverbend", "amount": ""}])
    assert seen.get("/api/a/harbor/calls/999999/").status_code == 404
