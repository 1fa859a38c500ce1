"""Two records of one partner become one, and two again."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners import operations
from partners.models import (
    Contact,
    EmailAddress,
    ExternalId,
    FollowUp,
    Gift,
    GivingUnit,
    Holder,
    Merge,
    Partner,
    Phone,
    Relation,
    Stage,
    Tagging,
)
from partners.operations import Part
from partners.operations.merging import KeptApart, MergedAlready, NothingToMerge
from partners.operations.partners import identify
from partners.operations.unmerging import LaterMerge, UndoneAlready
from partners.queries.fulfilment import standing_of
from partners.queries.partners import named


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def pair(add: Any, act: dict[str, Any], places: SimpleNamespace, giving: Callable[..., Gift]) -> SimpleNamespace:
    """Ruth twice: `kept` gave 50 and has a number, `gone` gave 20 and 7, with all that a record can have."""
    kept = add("Moab", email="ruth@example.org", number=("TNT", "100"), phone="555 0100")
    gone = add("Moab", first_name="Rut", email="ruth@example.org", number=("DONORHUB", "007"), phone="555 0200")
    operations.add_email(**act, partner=gone, email="rut@example.org", whose="partner")
    giving(kept, (places.mine, 5000))
    giving(gone, (places.mine, 2000))
    giving(gone, (places.general, 700))
    return SimpleNamespace(kept=kept, gone=gone)


def fresh(partner: Partner) -> Partner:
    return Partner.objects.get(pk=partner.pk)


def merged(act: dict[str, Any], pair: SimpleNamespace, **said: Any) -> Merge:
    return operations.merge_partners(**act, survivor=pair.kept, losers=[pair.gone], **said)[0]


def given_by(partner: Partner) -> int:
    return sum(Gift.objects.filter(giving_unit__partner=partner).values_list("amount", flat=True))


def everything() -> list[list[Any]]:
    """Each row of each table that a merge may change."""
    models: tuple[Any, ...] = (Partner, GivingUnit, ExternalId, EmailAddress, Phone, Contact, FollowUp)
    more: tuple[Any, ...] = (Holder, Stage, Relation, Tagging, Gift)
    return [list(model.objects.order_by("pk").values()) for model in (*models, *more)]


def test_all_of_the_loser_goes_on_as_the_survivor(pair: SimpleNamespace, act: dict[str, Any]) -> None:
    gifts = list(Gift.objects.order_by("pk").values())
    merged(act, pair)
    assert (given_by(pair.kept), given_by(pair.gone)) == (7700, 0)
    assert list(Gift.objects.order_by("pk").values()) == gifts
    assert fresh(pair.gone).merged_into_id == pair.kept.pk
    emails = EmailAddress.objects.filter(partner=pair.kept).order_by("pk").values_list("email", flat=True)
    assert list(emails) == ["ruth@example.org", "rut@example.org"]
    assert set(Phone.objects.values_list("partner", "digits")) == {(pair.kept.pk, "5550100"), (pair.kept.pk, "5550200")}
    assert identify(agency=act["agency"], source="DONORHUB", value="7") == pair.kept


def test_an_undone_merge_leaves_everything_as_it_was(
    pair: SimpleNamespace, act: dict[str, Any], add: Any, led: SimpleNamespace, places: SimpleNamespace
) -> None:
    other, tag = add("Boaz", first_name="Bo"), operations.add_tag(**act, name="Calendar")
    for partner in (pair.kept, pair.gone):
        operations.relate(**act, partner=partner, other=other, kind="introduced")
        operations.give_tag(**act, tag=tag, partners=Partner.objects.filter(pk=partner.pk))
        operations.set_stage(**act, partner=partner, unit=led.open, kind="initiation")
    operations.relate(**act, partner=other, other=pair.gone, kind="spouse")
    operations.relate(**act, partner=pair.kept, other=pair.gone, kind="introduced")
    operations.set_stage(**act, partner=pair.gone, unit=led.open, kind="partner_care")
    operations.log_contact(
        **act, partner=pair.gone, unit=None, channel="call", outcome="talked", happened_on=act["agency"].today()
    )
    operations.update_partner(**act, partner=pair.gone, church="Grace", note="Likes letters")
    before = everything()
    merge = merged(act, pair, take={"first_name": pair.gone.pk})
    assert fresh(pair.kept).name == "Rut Moab"
    assert (fresh(pair.kept).church, fresh(pair.kept).note) == ("Grace", "Likes letters")
    assert GivingUnit.objects.filter(partner=pair.kept, came_by=None).get().name == "Rut Moab"
    assert Contact.objects.filter(partner=pair.kept).count() == 1
    assert Stage.objects.filter(partner=pair.kept).count() == 2
    assert everything() != before
    operations.undo_merge(**act, merge=merge)
    assert everything() == before


def test_what_came_since_stays_with_the_survivor_unless_it_carries_the_losers_number(
    pair: SimpleNamespace, act: dict[str, Any], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    merge = merged(act, pair)
    own = GivingUnit.objects.filter(partner=pair.kept).own_first()[0]
    theirs = ExternalId.objects.get(norm="7").giving_unit
    assert theirs is not None
    for unit in (own, theirs):
        operations.record_gift(
            **act,
            giving_unit=unit,
            on=act["agency"].today(),
            parts=[operations.Part(places.mine, Money(100, "USD"), "")],
            key=f"since-{unit.pk}",
        )
    operations.update_partner(**act, partner=fresh(pair.kept), church="Hope")
    operations.undo_merge(**act, merge=merge)
    assert (given_by(pair.kept), given_by(pair.gone)) == (5100, 2800)
    assert fresh(pair.kept).church == "Hope"


def test_merges_are_undone_the_last_one_first(pair: SimpleNamespace, act: dict[str, Any], add: Any) -> None:
    third = add("Moab", first_name="R.")
    before = everything()
    first = merged(act, pair)
    second = operations.merge_partners(**act, survivor=third, losers=[fresh(pair.kept)])[0]
    assert set(Partner.objects.filter(merged_into=third).values_list("pk", flat=True)) == {pair.kept.pk, pair.gone.pk}
    assert given_by(third) == 7700
    with pytest.raises(LaterMerge, match="Moab was merged with this one later"):
        operations.undo_merge(**act, merge=first)
    operations.undo_merge(**act, merge=second)
    operations.undo_merge(**act, merge=first)
    assert everything() == before
    with pytest.raises(UndoneAlready):
        operations.undo_merge(**act, merge=first)


def test_a_partner_is_merged_once_and_not_with_itself(pair: SimpleNamespace, act: dict[str, Any]) -> None:
    with pytest.raises(NothingToMerge):
        operations.merge_partners(**act, survivor=pair.kept, losers=[pair.kept])
    merged(act, pair)
    with pytest.raises(MergedAlready):
        merged(act, pair)
    with pytest.raises(MergedAlready):
        operations.merge_partners(**act, survivor=pair.gone, losers=[pair.kept])


def test_what_is_written_to_a_loser_lands_with_the_survivor(pair: SimpleNamespace, act: dict[str, Any]) -> None:
    merged(act, pair)
    operations.add_phone(**act, partner=pair.gone, number="555 0300", whose="partner")
    assert Phone.objects.get(digits="5550300").partner_id == pair.kept.pk


def test_the_database_moves_nothing_without_a_merge(pair: SimpleNamespace) -> None:
    with pytest.raises(DatabaseError, match="no merge moves it"), transaction.atomic():
        GivingUnit.objects.filter(partner=pair.gone).update(partner=pair.kept)
    Partner.objects.filter(pk=pair.gone.pk).update(merged_into=pair.kept)
    with pytest.raises(DatabaseError, match="others are merged into it"), transaction.atomic():
        Partner.objects.filter(pk=pair.kept.pk).update(merged_into=pair.gone)


def test_search_finds_by_either_name(pair: SimpleNamespace, act: dict[str, Any]) -> None:
    merged(act, pair)
    assert [each.pk for each in Partner.objects.filter(pk__in=named("Rut Moab"))] == [pair.kept.pk]
    assert [each.pk for each in Partner.objects.filter(pk__in=named("Ruth Moab"))] == [pair.kept.pk]


def test_who_was_said_to_be_two_is_not_merged(pair: SimpleNamespace, act: dict[str, Any]) -> None:
    said = operations.keep_apart(**act, one=pair.gone, two=pair.kept)
    with pytest.raises(KeptApart):
        merged(act, pair)
    operations.end_keeping_apart(**act, decision=said)
    assert merged(act, pair).survivor_id == pair.kept.pk


def test_a_name_that_a_file_gave_stays_when_its_parts_do(pair: SimpleNamespace, act: dict[str, Any]) -> None:
    Partner.objects.filter(pk=pair.kept.pk).update(name="Ms. Ruth Moab of Bethlehem")
    merge = merged(act, pair)
    assert fresh(pair.kept).name == "Ms. Ruth Moab of Bethlehem"
    operations.undo_merge(**act, merge=merge)
    merged(act, pair, take=dict.fromkeys(("first_name", "last_name"), pair.gone.pk))
    assert fresh(pair.kept).name == "Rut Moab"


def test_what_either_gives_keeps_the_promise_of_one(
    inside: Agency, act: dict[str, Any], pair: SimpleNamespace, places: SimpleNamespace, promise: Any, giving: Any
) -> None:
    made = promise(pair.gone, 5000, inside.today() - timedelta(days=40), designation=places.general)
    late = standing_of(inside, made)
    assert late.days_late > 0
    merge = merged(act, pair)
    own = GivingUnit.objects.get(partner=pair.kept, came_by=None)
    part = Part(places.general, Money(5000, "USD"))
    operations.record_gift(**act, giving_unit=own, on=inside.today(), parts=[part], key="later")
    now = standing_of(inside, made)
    assert (now.last_gift, now.days_late < late.days_late) == (inside.today(), True)
    operations.undo_merge(**act, merge=merge, reason="Two people.")
    assert standing_of(inside, made) == late
