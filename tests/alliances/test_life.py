"""The life of an alliance, its members, its agreement and its agenda: every step, and every refusal."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from agencies import scope
from alliances import demo, operations
from alliances.demo import Built
from alliances.models import (
    AgendaState,
    AgendaVersion,
    Agreement,
    AgreementState,
    AllianceChange,
    Backbone,
    Member,
    MemberChange,
    Representative,
    Signature,
)
from alliances.operations import agenda as agendas
from alliances.operations import agreement as agreements
from alliances.operations import alliance as alliances
from alliances.operations import people as seats
from alliances.operations import prayer as prayers
from alliances.queries.readiness import checklist


@pytest.fixture
def new(carol: User) -> Built:
    """An alliance that has just been begun, with its coordinator."""
    with scope.within(scope.NOBODY):
        alliance = operations.create_alliance(actor=carol, slug="new", name="New", backbone="Bridge")
        operations.add_representative(
            alliance=alliance, actor=carol, user=carol, member=None, capacities=("may_coordinate",)
        )
    return Built(alliance, carol, [], {})


def by(built: Built) -> dict[str, Any]:
    return demo.by_backbone(built)


def test_an_alliance_becomes_active_with_everything_in_place_and_says_what_is_missing(new: Built) -> None:
    with scope.within(new.scope()):
        forming = operations.move_alliance(**by(new), state="forming")
        with pytest.raises(alliances.NotReady) as refusal:
            operations.move_alliance(**by(new), state="active")
        assert forming.state == "forming"
        assert [holds for _, holds in checklist()] == [False, False, False, False, True]
    assert str(refusal.value) == (
        "The alliance cannot become active yet. This does not hold so far: A common agenda is adopted. "
        "An agreement is adopted. Every active member has signed it. At least two members are active."
    )


@pytest.mark.parametrize("gap", ["agenda", "agreement", "signature", "member", "coordinator"])
def test_each_gap_alone_stops_it(founded: Built, gap: str) -> None:
    with scope.within(founded.scope()):
        paused = operations.move_alliance(**by(founded), state="paused")
        make_gap(founded, gap)
        with pytest.raises(alliances.NotReady):
            operations.move_alliance(alliance=paused, actor=founded.coordinator, state="active")


def make_gap(founded: Built, gap: str) -> None:
    """Take away one thing that being active needs."""
    if gap == "agenda":
        AgendaVersion.objects.update(state=AgendaState.SUPERSEDED)
    elif gap == "agreement":
        Agreement.objects.update(state=AgreementState.SUPERSEDED)
    elif gap == "signature":
        Member.objects.create(organization="Newcomer", state="active")
    elif gap == "member":
        Member.objects.exclude(pk=founded.members[0].pk).update(state="suspended")
    else:
        Representative.objects.filter(may_coordinate=True).update(may_coordinate=False)


def test_paused_comes_back_and_closed_does_not(founded: Built) -> None:
    with scope.within(founded.scope()):
        for state in ("paused", "active", "closed"):
            assert operations.move_alliance(**by(founded), state=state).state == state
        with pytest.raises(alliances.NotThatWay):
            operations.move_alliance(**by(founded), state="active")
        told = list(AllianceChange.objects.order_by("pk").values_list("state", flat=True))
    assert told == ["exploring", "forming", "active", "paused", "active", "closed"]


@pytest.mark.parametrize("state", ["active", "paused", "exploring"])
def test_exploring_leads_to_forming_or_closed(new: Built, state: str) -> None:
    with scope.within(new.scope()), pytest.raises(alliances.NotThatWay):
        operations.move_alliance(**by(new), state=state)


def test_an_address_is_taken_once(new: Built, mallory: User) -> None:
    with scope.within(scope.NOBODY), pytest.raises(alliances.AddressTaken):
        operations.create_alliance(actor=mallory, slug="new", name="x", backbone="y")


def test_the_backbone_is_one_organization_and_no_member(backbone: Built) -> None:
    with pytest.raises(seats.BackboneIsNeutral):
        operations.invite_member(**by(backbone), organization="Bridge Backbone", kind="implementing")
    with pytest.raises(IntegrityError, match="one_backbone_at_a_time"), transaction.atomic():
        Backbone.objects.create(organization="Second backbone")


def test_another_backbone_takes_over_and_the_former_staff_is_out(backbone: Built) -> None:
    operations.appoint_backbone(**by(backbone), organization="Other Bridge")
    assert [each.organization for each in Backbone.objects.filter(ended_at=None)] == ["Other Bridge"]
    assert not Representative.objects.filter(backbone__isnull=False, ended_at=None).exists()


def test_a_member_goes_its_way(backbone: Built) -> None:
    member = operations.invite_member(**by(backbone), organization="Newcomer", kind="prayer")
    with pytest.raises(seats.NotThatWay):
        operations.move_member(**by(backbone), member=member, state="active")
    Member.objects.filter(pk=member.pk).update(state="signed")
    with pytest.raises(seats.NotSigned):
        operations.move_member(**by(backbone), member=member, state="active")
    old = backbone.members[0]
    for state in ("suspended", "active", "left"):
        operations.move_member(**by(backbone), member=old, state=state, reason="as asked")
    told = MemberChange.objects.filter(member=old).order_by("pk").values_list("state", flat=True)
    assert list(told) == ["invited", "signed", "active", "suspended", "active", "left"]
    assert not Representative.objects.filter(member=old, ended_at=None).exists()


def test_an_organization_is_a_member_once(backbone: Built) -> None:
    with pytest.raises(seats.AlreadyMember):
        operations.invite_member(**by(backbone), organization="Harbor Light", kind="resource")
    with pytest.raises(seats.AlreadyMember):
        operations.invite_member(
            **by(backbone), organization="Other name", kind="resource", agency_id=backbone.members[0].agency_id
        )


def test_one_person_has_one_place(backbone: Built, alice: User) -> None:
    with pytest.raises(seats.HasPlace):
        operations.add_representative(**by(backbone), user=alice, member=None, capacities=("may_coordinate",))
    with pytest.raises(IntegrityError, match="one_place_per_person"), transaction.atomic():
        Representative.objects.create(user=alice, member=backbone.members[1])


@pytest.mark.parametrize(
    ("flags", "rule"),
    [({"may_coordinate": True}, "backbone_coordinates"), ({"backbone": "now"}, "for_member_or_backbone")],
)
def test_members_do_not_coordinate(backbone: Built, dan: User, flags: dict[str, Any], rule: str) -> None:
    if "backbone" in flags:
        flags = {"backbone": Backbone.objects.get(ended_at=None)}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Representative.objects.create(user=dan, member=backbone.members[0], **flags)


def test_the_backbone_does_not_report_sign_or_vote(backbone: Built, dan: User) -> None:
    with pytest.raises(IntegrityError, match="members_report_sign_vote"), transaction.atomic():
        Representative.objects.create(user=dan, backbone=Backbone.objects.get(ended_at=None), may_sign=True)


def test_the_last_coordinator_stays(backbone: Built, dan: User) -> None:
    place = Representative.objects.get(user=backbone.coordinator)
    with pytest.raises(seats.LastCoordinator):
        operations.end_representative(**by(backbone), representative=place)
    operations.add_representative(**by(backbone), user=dan, member=None, capacities=("may_coordinate",))
    operations.end_representative(**by(backbone), representative=place)


def sign(built: Built, member: Member, agreement: Agreement) -> None:
    with scope.within(built.scope(member)):
        operations.sign_agreement(
            alliance=built.alliance,
            actor=built.people[member.pk],
            member=member,
            agreement=agreement,
            signed_name="N. N.",
        )


def test_a_new_agreement_is_adopted_when_every_active_member_signed(backbone: Built) -> None:
    second = operations.write_agreement(**by(backbone), title="Second", text="…")
    with pytest.raises(agreements.NotOpenForSignature):
        sign(backbone, backbone.members[0], second)
    operations.offer_agreement(**by(backbone), agreement=second)
    with pytest.raises(agreements.TextIsFrozen):
        operations.edit_agreement(**by(backbone), agreement=second, title="Other", text="words")
    for member in backbone.members[:3]:
        sign(backbone, member, second)
    with pytest.raises(agreements.SignaturesMissing, match=r"Not yet signed by: Grace Trust\."):
        operations.adopt_agreement(**by(backbone), agreement=second)
    sign(backbone, backbone.members[3], second)
    operations.adopt_agreement(**by(backbone), agreement=second)
    states = Agreement.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == [AgreementState.SUPERSEDED, AgreementState.ADOPTED]
    assert Signature.objects.filter(agreement=second).count() == 4


def test_a_member_signs_once(backbone: Built) -> None:
    with pytest.raises(agreements.AlreadySigned):
        sign(backbone, backbone.members[0], Agreement.objects.get())


def test_an_agreement_of_one_is_none(new: Built, people: Any) -> None:
    with scope.within(new.scope()):
        demo.seat(new, demo.OUTSIDE[0], people)
        agreement = operations.write_agreement(**by(new), title="t", text="x")
        operations.offer_agreement(**by(new), agreement=agreement)
        sign(new, new.members[0], agreement)
        with pytest.raises(agreements.SignaturesMissing, match="at least two members"):
            operations.adopt_agreement(**by(new), agreement=agreement)


def test_an_agenda_goes_through_consultation(backbone: Built) -> None:
    version = operations.begin_agenda(**by(backbone))
    with pytest.raises(agendas.AgendaInTheMaking):
        operations.begin_agenda(**by(backbone))
    with pytest.raises(agendas.NotInConsultation):
        operations.adopt_agenda(**by(backbone), version=version)
    operations.consult_on_agenda(**by(backbone), version=version)
    with pytest.raises(agendas.NotADraft):
        operations.add_item(**by(backbone), version=version, kind="principle", title="x")
    operations.take_back_agenda(**by(backbone), version=version)
    operations.add_item(**by(backbone), version=version, kind="principle", title="x")
    operations.consult_on_agenda(**by(backbone), version=version)
    operations.adopt_agenda(**by(backbone), version=version)
    states = AgendaVersion.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [AgendaState.SUPERSEDED, AgendaState.ADOPTED]
    assert version.items.count() == len(demo.AGENDA) + 1


def test_an_agenda_needs_its_parts(new: Built) -> None:
    with scope.within(new.scope()):
        version = operations.begin_agenda(**by(new))
        operations.add_item(**by(new), version=version, kind="focus_area", title="x")
        with pytest.raises(agendas.PartsMissing, match="Desired future state, Principle for working together"):
            operations.consult_on_agenda(**by(new), version=version)


def test_a_request_is_answered_or_closed_once(built: Built) -> None:
    member = built.members[0]
    mine: dict[str, Any] = {"alliance": built.alliance, "actor": built.people[member.pk]}
    with scope.within(built.scope(member)):
        asked = operations.ask_prayer(**mine, member=member, title="For rain")
        operations.answer_prayer(**mine, request=asked, answer="It rained.")
        with pytest.raises(prayers.NotOpen):
            operations.close_prayer(**mine, request=asked)
