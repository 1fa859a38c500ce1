"""Praying and promoting: taken up once, changed, ended, continued, taken back."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from agencies.models import AuditEntry
from delivery.models import WebhookEvent
from partners import operations
from partners.models import Contact, Partner, Undertaking
from partners.operations.follow_ups import HasDied
from partners.operations.holders import GivesAnonymously
from partners.operations.proposals import NothingProposed
from partners.operations.undertakings import (
    EndedAhead,
    EndsBeforeItBegan,
    UndertakenAhead,
    UndertakenAlready,
    UndertakingOver,
    UndertakingRuns,
)
from partners.queries.care import proposal_of
from ssu.operations import set_archived
from ssu.operations.archived import UnitArchived
from tests.partners.test_told_by_webhook import listen

Act = dict[str, Any]
Take = Callable[..., Undertaking]
DAY = timedelta(days=1)


def standing() -> list[tuple[int | None, str]]:
    return list(Undertaking.objects.standing().order_by("pk").values_list("unit", "kind"))


def test_each_stands_once_for_a_partner_and_a_unit(act: Act, led: SimpleNamespace, take: Take, add: Any) -> None:
    take()
    for more in ({"kind": "promote"}, {"unit": led.careful}, {"unit": None}, {"partner": add("Boaz")}):
        take(**more)
    for again in ({}, {"unit": None}):
        with pytest.raises(UndertakenAlready):
            take(**again)
    one, two, three = led.open.pk, led.careful.pk, led.open.pk
    assert standing() == [(one, "pray"), (one, "promote"), (two, "pray"), (None, "pray"), (three, "pray")]


@pytest.mark.parametrize("for_a_unit", [True, False])
def test_the_database_lets_it_stand_once_too(act: Act, ruth: Partner, take: Take, *, for_a_unit: bool) -> None:
    made = take() if for_a_unit else take(unit=None)
    same = {"agency": act["agency"], "partner": ruth, "unit": made.unit, "kind": "pray", "starts_on": made.starts_on}
    with pytest.raises(IntegrityError, match="undertaking_stands_once"), transaction.atomic():
        Undertaking.objects.create(**same)
    operations.end_undertaking(**act, undertaking=made, on=made.starts_on)
    assert Undertaking.objects.create(**same).pk


def test_it_ends_goes_on_and_is_taken_back(act: Act, take: Take, led: SimpleNamespace) -> None:
    today = act["agency"].today()
    made = take(starts_on=today - 3 * DAY, about=" Rain ", rhythm="daily")
    given: Act = {**act, "undertaking": made}
    operations.change_undertaking(**given, about="Rain and schools", rhythm="weekly")
    with pytest.raises(UndertakingRuns):
        operations.continue_undertaking(**given)
    for day, refused in ((today + DAY, EndedAhead), (today - 4 * DAY, EndsBeforeItBegan)):
        with pytest.raises(refused):
            operations.end_undertaking(**given, on=day)
    operations.end_undertaking(**given, on=today - DAY, reason="Moved away")
    for over in (
        lambda: operations.end_undertaking(**given, on=today),
        lambda: operations.change_undertaking(**given, about="", rhythm=""),
    ):
        with pytest.raises(UndertakingOver):
            over()
    assert standing() == []
    back = operations.continue_undertaking(**given)
    assert (back.ends_on, back.ended_reason, back.about, back.rhythm) == (None, "", "Rain and schools", "weekly")
    operations.withdraw_undertaking(**given, reason="Another Ruth")
    for gone in (operations.withdraw_undertaking, operations.continue_undertaking):
        with pytest.raises(UndertakingOver):
            gone(**given)
    assert (standing(), Undertaking.objects.kept().count(), Undertaking.objects.count()) == ([], 0, 1)


def test_what_goes_on_again_stands_once(act: Act, take: Take) -> None:
    made = take()
    operations.end_undertaking(**act, undertaking=made, on=act["agency"].today())
    take()
    with pytest.raises(UndertakenAlready):
        operations.continue_undertaking(**act, undertaking=made)


def test_who_has_died_and_what_is_ahead_is_refused(act: Act, ruth: Partner, take: Take) -> None:
    today = act["agency"].today()
    with pytest.raises(UndertakenAhead):
        take(starts_on=today + DAY)
    operations.update_partner(**act, partner=ruth, deceased_on=today)
    with pytest.raises(HasDied):
        take()


def test_an_archived_unit_takes_no_more_and_what_stands_may_end(act: Act, led: SimpleNamespace, take: Take) -> None:
    made, other = take(), take("promote")
    operations.end_undertaking(**act, undertaking=other, on=act["agency"].today())
    set_archived(**act, unit=led.open, archived=True)
    for refused in (
        lambda: take("promote"),
        lambda: operations.change_undertaking(**act, undertaking=made, about="", rhythm="daily"),
        lambda: operations.continue_undertaking(**act, undertaking=other),
    ):
        with pytest.raises(UnitArchived):
            refused()
    operations.end_undertaking(**act, undertaking=made, on=act["agency"].today())
    assert standing() == []


def test_an_anonymous_giver_is_not_named_to_the_team(
    act: Act, ruth: Partner, take: Take, giving: Any, places: SimpleNamespace
) -> None:
    giving(ruth, (places.mine, 5000), anonymous=True)
    with pytest.raises(GivesAnonymously):
        take()
    assert take(unit=None).pk


def test_the_trail_tells_it_without_its_words(act: Act, take: Take) -> None:
    made = take(about="Rain on the coast")
    operations.change_undertaking(**act, undertaking=made, about="Coast again", rhythm="daily")
    operations.end_undertaking(**act, undertaking=made, on=act["agency"].today(), reason="Left the coast")
    acts = AuditEntry.objects.filter(verb__endswith="undertaking").order_by("pk")
    assert [each.verb for each in acts] == ["take up undertaking", "change undertaking", "end undertaking"]
    assert [each for each in acts if "oast" in f"{each.label}{each.changes}{each.reason}"] == []


def test_webhooks_hear_that_the_partner_changed(act: Act, ruth: Partner, take: Take) -> None:
    listen(act["agency"], 10)
    made = take()
    operations.end_undertaking(**act, undertaking=made, on=act["agency"].today())
    assert list(WebhookEvent.objects.values_list("kind", flat=True)) == ["partner.changed"] * 2


@pytest.mark.parametrize(
    "change",
    [
        lambda: Undertaking.objects.update(kind="promote"),
        lambda: Undertaking.objects.update(starts_on="2020-01-01"),
        lambda: Undertaking.objects.update(unit=None),
        lambda: Undertaking.objects.all().delete(),
        lambda: Undertaking.objects.update(withdrawn_at=None),
        lambda: Undertaking.objects.update(partner=Partner.objects.get(last_name="Boaz")),
    ],
)
def test_the_database_keeps_what_was_said(act: Act, take: Take, add: Any, change: Callable[[], object]) -> None:
    add("Boaz")
    operations.withdraw_undertaking(**act, undertaking=take())
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


@pytest.fixture
def promised(act: Act, ruth: Partner, led: SimpleNamespace) -> Contact:
    """Ruth promised to pray for the open unit, two days ago."""
    said: Act = {"unit": led.open, "channel": "call", "happened_on": act["agency"].today() - 2 * DAY}
    return operations.log_contact(**act, partner=ruth, outcome="prays", **said)


def test_a_contact_proposes_the_prayer_once(act: Act, promised: Contact, led: SimpleNamespace) -> None:
    assert proposal_of(promised).prayer
    made = operations.take_prayer(**act, contact=promised)
    assert (made.unit, made.kind, made.starts_on, made.contact) == (led.open, "pray", promised.happened_on, promised)
    assert not proposal_of(promised).prayer
    with pytest.raises(NothingProposed):
        operations.take_prayer(**act, contact=promised)


def test_nothing_is_proposed_of_who_prays_already_or_promised_otherwise(
    act: Act, ruth: Partner, promised: Contact, take: Take, led: SimpleNamespace
) -> None:
    said: Act = {"unit": led.careful, "channel": "call", "happened_on": act["agency"].today()}
    talked = operations.log_contact(**act, partner=ruth, outcome="promised", **said)
    take()
    assert [proposal_of(each).prayer for each in (promised, talked)] == [False, False]


def test_a_contact_that_was_not_so_takes_its_prayer_back(act: Act, promised: Contact) -> None:
    operations.take_prayer(**act, contact=promised)
    operations.withdraw_contact(**act, contact=promised)
    assert (standing(), Undertaking.objects.kept().count()) == ([], 0)
