"""Who prays for a unit gets its letters of news and prayer, by the rules of consent, and is asked for no gift."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from agencies.models import Agency
from communications import operations
from communications.models import Exclusion, Letter
from communications.queries.audience import audience_of, named_audience_of
from delivery.operations import suppress
from partners.models import Partner, Undertaking
from partners.operations import add_partner, end_undertaking, take_up, update_partner
from tests.communications.test_audience import consent, reasons, whole_audience
from tests.ssu.conftest import seat

Write = Callable[..., Letter]


@pytest.fixture
def pray(posted: Agency, village: SimpleNamespace, alice: User) -> Callable[..., Partner]:
    """`pray("Hannah")` prays for the village and has given nothing."""

    def make(name: str, **said: Any) -> Partner:
        act: dict[str, Any] = {"agency": posted, "actor": alice}
        partner = add_partner(**act, kind="person", first_name=name, last_name="Elkanah", email=f"{name}@example.org")
        what = {"unit": village.unit, "kind": "pray", "starts_on": date(2020, 1, 1), **said}
        take_up(**act, partner=partner, **what)
        return partner

    return make


def test_who_prays_hears_of_news_and_is_not_asked(
    posted: Agency, village: SimpleNamespace, pray: Any, write: Write, units: SimpleNamespace
) -> None:
    pray("Hannah")
    pray("Tells", kind="promote")
    pray("Whole", unit=None)
    pray("Other", unit=units.careful)
    assert reasons(posted, write(village.unit)) == {"Ruth": "", "Boaz": "", "Hannah": ""}
    operations.decide_policy(
        agency=posted, actor=None, news=True, appeals=True, months=24, wording="Who gives wants to hear."
    )
    assert reasons(posted, write(village.unit, purpose="appeal")) == {"Ruth": "", "Boaz": ""}


def test_who_prays_no_more_and_never_gave_is_no_reader(
    posted: Agency, village: SimpleNamespace, pray: Any, write: Write, alice: User
) -> None:
    pray("Hannah")
    made = Undertaking.objects.get()
    end_undertaking(agency=posted, actor=alice, undertaking=made, on=posted.today())
    assert reasons(posted, write(village.unit)) == {"Ruth": "", "Boaz": ""}


def test_prayer_stands_beside_a_gift_of_long_ago(
    posted: Agency, village: SimpleNamespace, give: Any, write: Write, alice: User
) -> None:
    old = give(village.unit, "Old", "old@example.org", days_ago=1000)
    before = reasons(posted, write(village.unit))["Old"]
    what = {"unit": village.unit, "kind": "pray", "starts_on": posted.today()}
    take_up(agency=posted, actor=alice, partner=old, **what)
    assert (before, reasons(posted, write(village.unit))["Old"]) == (Exclusion.LAPSED, "")


def test_consent_and_suppression_hold_for_who_prays(
    posted: Agency, village: SimpleNamespace, pray: Any, write: Write, alice: User
) -> None:
    consent(posted, pray("Objector"), "objection")
    pray("Closed")
    suppress(actor=alice, reason="bounced", address="closed@example.org")
    update_partner(agency=posted, actor=alice, partner=pray("Dead"), deceased_on=posted.today())
    found = reasons(posted, write(village.unit))
    assert {name: found[name] for name in ("Objector", "Closed", "Dead")} == {
        "Objector": Exclusion.OBJECTED, "Closed": Exclusion.SUPPRESSED, "Dead": Exclusion.DECEASED
    }  # fmt: skip


def test_without_the_rule_praying_is_no_ground(
    posted: Agency, village: SimpleNamespace, pray: Any, write: Write, alice: User
) -> None:
    consent(posted, pray("Asked"), "consent")
    pray("Hannah")
    operations.decide_policy(agency=posted, actor=alice, news=False, appeals=False, months=24, wording="")
    found = reasons(posted, write(village.unit))
    assert (found["Asked"], found["Hannah"]) == ("", Exclusion.NO_BASIS)


def test_the_leader_reads_the_name_of_who_prays_and_not_of_an_anonymous_giver(
    posted: Agency, village: SimpleNamespace, led: SimpleNamespace, pray: Any, write: Write, bob: User, alice: User
) -> None:
    from core.money import Money
    from funds.models import Designation
    from partners.models import GivingUnit
    from partners.operations import Part, record_gift

    hannah = pray("Hannah")
    parts = [Part(Designation.objects.get(unit=village.unit), Money(900, "USD"))]
    record_gift(
        agency=posted, actor=alice, giving_unit=GivingUnit.objects.get(partner=hannah), on=posted.today(),
        parts=parts, key="hidden", anonymous=True,
    )  # fmt: skip
    news, appeal = write(village.unit), write(village.unit, purpose="appeal")
    named = [hannah in named_audience_of(seat(posted, bob), letter) for letter in (news, appeal)]
    reached = [hannah in audience_of(letter.unit, letter.purpose) for letter in (news, appeal)]
    assert (named, reached) == ([True, False], [True, True])


def test_queries_do_not_grow_with_those_who_pray(
    posted: Agency, village: SimpleNamespace, pray: Any, write: Write, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    letter = write(village.unit)
    letter.unit  # noqa: B018 - loaded
    for number in (1, 3):
        while Undertaking.objects.count() < number:
            pray(f"More{Undertaking.objects.count()}")
        with django_assert_num_queries(9):
            assert len(whole_audience(posted, letter)) == 2 + number
