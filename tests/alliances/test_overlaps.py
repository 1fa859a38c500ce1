"""What two members both counted, settled by the two."""

from decimal import Decimal
from typing import Any

import pytest

from agencies import scope
from alliances import demo, operations
from alliances.demo import Built
from alliances.models import (
    Indicator,
    Member,
    Overlap,
    Period,
    PublicationLine,
)
from alliances.operations import overlap as overlaps
from tests.alliances.steps import ALL_FORMS, content, preview, publish


def take(built: Built, member: Member, overlap: Overlap, resolution: str, joint: int | None = None) -> None:
    with scope.within(built.scope(member)):
        operations.take_stance(
            alliance=built.alliance,
            actor=built.people[member.pk],
            member=member,
            overlap=overlap,
            resolution=resolution,
            joint=None if joint is None else Decimal(joint),
        )


@pytest.fixture
def overlap(trio: Built, asked: Period, indicator: Indicator) -> Overlap:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (50, 90, 40))
    with scope.within(trio.scope()):
        return operations.open_overlap(
            alliance=trio.alliance,
            actor=trio.coordinator,
            period=asked,
            one=trio.members[1],
            other=trio.members[0],
            question="Both work in the ferry village.",
        )


def test_an_overlap_is_subtracted_only_when_both_agree(trio: Built, asked: Period, overlap: Overlap) -> None:
    one, other = trio.members[:2]
    take(trio, one, overlap, "custom", 110)
    ready = preview(trio, asked)
    assert ready.made is not None
    assert (ready.made.content["net"], ready.warnings) == (
        "180",
        ("Overlaps that are not settled: 1. Nothing is subtracted for them.",),
    )
    take(trio, other, overlap, "custom", 110)
    publication = publish(trio, asked)
    assert [content(publication)[key] for key in ("gross", "overlaps", "net")] == ["180", ["30"], "150"]
    with scope.within(trio.scope()):
        lines = PublicationLine.objects.filter(publication=publication).values_list("kind", "value")
        assert list(lines) == [("gross", 180), ("overlap", 30), ("net", 150)]


def test_the_last_word_counts(trio: Built, asked: Period, overlap: Overlap) -> None:
    one, other = trio.members[:2]
    take(trio, one, overlap, "max")
    take(trio, other, overlap, "max")
    take(trio, other, overlap, "sum")
    made = preview(trio, asked).made
    assert made is not None
    assert made.content["overlaps"] == []


@pytest.mark.parametrize(("resolution", "joint"), [("max", None), ("custom", 90)])
def test_an_overlap_that_is_a_members_own_number_waits_for_its_consent(
    trio: Built, asked: Period, indicator: Indicator, overlap: Overlap, resolution: str, joint: int | None
) -> None:
    for member in trio.members[:2]:
        take(trio, member, overlap, resolution, joint)
    assert preview(trio, asked).refusal == (
        "What is subtracted as counted twice would be the number of Harbor Light. Ask for consent to show that number "
        "to this audience; or, if not all of it was counted twice, ask both members to agree on their number together."
    )
    demo.consent_all(trio, indicator, form=ALL_FORMS)
    assert content(publish(trio, asked))["overlaps"] == ["50"]


def test_overlaps_of_three_members_are_published_as_one_sum(trio: Built, asked: Period, overlap: Overlap) -> None:
    with scope.within(trio.scope()):
        second = operations.open_overlap(
            alliance=trio.alliance,
            actor=trio.coordinator,
            period=asked,
            one=trio.members[1],
            other=trio.members[2],
            question="Both work in the upper village.",
        )
    for number, case in ((0, overlap), (1, overlap), (1, second), (2, second)):
        take(trio, trio.members[number], case, "max")
    publication = publish(trio, asked)
    assert [content(publication)[key] for key in ("gross", "overlaps", "net")] == ["180", ["90"], "90"]
    with scope.within(trio.scope()):
        lines = PublicationLine.objects.filter(publication=publication).values_list("kind", "value")
        assert list(lines) == [("gross", 180), ("overlap", 90), ("net", 90)]


def test_a_joint_number_that_does_not_fit_stops_the_publication(trio: Built, asked: Period, overlap: Overlap) -> None:
    for member in trio.members[:2]:
        take(trio, member, overlap, "custom", 1000)
    assert "does not fit the numbers reported" in preview(trio, asked).refusal


def test_a_third_member_has_no_say_and_does_not_see_it(trio: Built, overlap: Overlap) -> None:
    with pytest.raises(overlaps.NotInvolved):
        take(trio, trio.members[2], overlap, "sum")
    with scope.within(trio.scope(trio.members[2])):
        assert not Overlap.objects.exists()


def test_an_overlap_needs_two_members_that_report(trio: Built, asked: Period, overlap: Overlap) -> None:
    asking: dict[str, Any] = {"alliance": trio.alliance, "actor": trio.coordinator, "period": asked, "question": "?"}
    with scope.within(trio.scope()):
        with pytest.raises(overlaps.NotAPair):
            operations.open_overlap(**asking, one=trio.members[0], other=trio.members[0])
        with pytest.raises(overlaps.AskedAlready):
            operations.open_overlap(**asking, one=trio.members[0], other=trio.members[1])
