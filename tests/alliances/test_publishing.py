"""From the report to the publication: the acceptance scenarios of the design, and what goes out."""

from datetime import timedelta
from typing import Any

import pytest

from agencies import scope
from alliances import demo, operations
from alliances.demo import Built
from alliances.models import (
    Audience,
    ConsentForm,
    Indicator,
    IndicatorVersion,
    LineKind,
    Member,
    Period,
    Publication,
    PublicationLine,
)
from alliances.operations import publication as publications
from alliances.preparation import prepare
from tests.alliances.steps import ALL_FORMS, content, preview, publish, save

# Scenario 1: 10, 20, blank → gross 30, completeness 2/3; late 5 → revision 2 = 35 with erratum; revision 1 unchanged.


def test_late_report_makes_a_second_revision_and_leaves_the_first(
    trio: Built, asked: Period, indicator: Indicator
) -> None:
    demo.consent_all(trio, indicator, form=ALL_FORMS)
    demo.report_all(trio, asked, (10, 20, None))
    first = publish(trio, asked)
    bytes_then = bytes(first.document)
    assert (content(first)["gross"], content(first)["net"]) == ("30", "30")
    assert [content(first)["completeness"][key] for key in ("reported", "expected", "missing")] == [
        2,
        3,
        ["River Outreach"],
    ]

    demo.report(trio, asked, trio.members[2], 5)
    second = publish(trio, asked, "River Outreach reported late.")
    assert (content(second)["net"], content(second)["revision"]) == ("35", 2)
    assert content(second)["supersedes"] == first.sha256
    assert content(second)["erratum"] == "River Outreach reported late."
    with scope.within(trio.scope()):
        first.refresh_from_db()
    assert bytes(first.document) == bytes_then


def test_a_revision_needs_an_erratum_and_a_change(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator, form=ALL_FORMS)
    demo.report_all(trio, asked, (10, 20, None))
    publish(trio, asked)
    with pytest.raises(publications.NothingChanged):
        publish(trio, asked, "again")
    demo.report(trio, asked, trio.members[2], 5)
    with pytest.raises(publications.ErratumMissing):
        publish(trio, asked)


# Scenario 5: two contributors are refused unless both consented to member values.


def test_two_contributors_are_refused_with_the_reason(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (10, 20, None))
    with pytest.raises(publications.NotToBePublished) as refusal:
        publish(trio, asked)
    assert str(refusal.value).startswith(
        "Only two members have reported: an aggregate of two would let each work out the other's number."
    )
    with scope.within(trio.scope()):
        assert not Publication.objects.exists()


def test_a_member_above_the_share_is_refused(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (81, 10, 9))
    assert "more than 80 %" in preview(trio, asked).refusal


def test_without_consent_nothing_may_be_published(trio: Built, asked: Period) -> None:
    demo.report_all(trio, asked, (10, 20, 30))
    assert preview(trio, asked).refusal.startswith("Nobody's number is in this aggregate yet")


def test_consent_for_one_audience_says_nothing_about_another(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (10, 20, 30))
    assert preview(trio, asked).refusal == ""
    assert preview(trio, asked, Audience.PUBLIC).refusal != ""


def test_expired_consent_is_none(trio: Built, asked: Period, indicator: Indicator) -> None:
    yesterday = trio.alliance.today() - timedelta(days=1)
    for member in trio.members:
        with scope.within(trio.scope(member)):
            operations.give_consent(
                alliance=trio.alliance,
                actor=trio.people[member.pk],
                member=member,
                indicator=indicator,
                audience=Audience.IMPLEMENTING,
                form=ConsentForm.AGGREGATE,
                expires_on=yesterday,
            )
    demo.report_all(trio, asked, (10, 20, 30))
    assert preview(trio, asked).refusal != ""


# Scenario 4: a member that revokes disappears from new publications only; its own number stops being shown at once.


def revoke(built: Built, member: Member, indicator: Indicator) -> None:
    with scope.within(built.scope(member)):
        operations.revoke_consent(
            alliance=built.alliance,
            actor=built.people[member.pk],
            member=member,
            indicator=indicator,
            audience=Audience.IMPLEMENTING,
        )


def member_lines(built: Built, reader: Member | None) -> list[int]:
    with scope.within(built.scope(reader)):
        lines = PublicationLine.objects.filter(kind=LineKind.MEMBER)
        return sorted(lines.values_list("member_id", flat=True))


def test_a_shown_number_is_read_while_consent_stands(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator, form=ALL_FORMS)
    demo.report_all(trio, asked, (10, 20, 30))
    publication = publish(trio, asked)
    one, other, third = (member.pk for member in trio.members)
    assert member_lines(trio, trio.members[0]) == [one, other, third]
    revoke(trio, trio.members[1], indicator)
    assert member_lines(trio, trio.members[0]) == [one, third]
    assert member_lines(trio, None) == [one, third]
    assert member_lines(trio, trio.members[1]) == [one, other, third]
    with scope.within(trio.scope(trio.members[0])):
        assert content(Publication.objects.get(pk=publication.pk))["net"] == "60"


def test_who_revoked_is_in_no_new_total(built: Built) -> None:
    with scope.within(built.scope()):
        indicator, period = Indicator.objects.get(), Period.objects.exclude(published_at=None).get()
    revoke(built, built.members[0], indicator)
    revoke(built, built.members[1], indicator)
    ready = preview(built, period)
    assert ready.refusal.startswith("Only two members")
    assert "Harbor Light, Second Agency" in ready.warnings[0]
    with scope.within(built.scope()):
        assert content(Publication.objects.get())["net"] == "9035"


# Scenario 6: a definition edited after publication is version 2; publications of version 1 are byte-identical.


def test_a_new_definition_leaves_what_was_published(built: Built) -> None:
    with scope.within(built.scope()):
        publication = Publication.objects.get()
        then, indicator = bytes(publication.document), Indicator.objects.get()
        everybody: dict[str, Any] = {"alliance": built.alliance, "actor": built.coordinator}
        changed = {**demo.DEFINITION, "definition": "Something else."}
        version = operations.write_definition(**everybody, indicator=indicator, **changed)
        operations.adopt_definition(**everybody, version=version)
        publication.refresh_from_db()
        assert bytes(publication.document) == then
        states = IndicatorVersion.objects.order_by("number").values_list("number", "state")
        assert list(states) == [(1, "superseded"), (2, "adopted")]
        assert {period.version.number for period in Period.objects.select_related("version")} == {1}


# Scenario 11: reported 0 shows 0 and counts as reported.


def test_zero_is_a_value(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (0, 0, 0))
    publication = publish(trio, asked)
    assert (content(publication)["net"], content(publication)["completeness"]["reported"]) == ("0", 3)


def test_an_answer_without_a_number_is_no_zero(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator, form=ALL_FORMS)
    demo.report_all(trio, asked, (10, 20, None))
    member = trio.members[2]
    draft = save(trio, asked, member, "not_collected", note="The records were lost.")
    mine: dict[str, Any] = {"alliance": trio.alliance, "actor": trio.people[member.pk], "member": member}
    with scope.within(trio.scope(member)):
        operations.approve_report(**mine, submission=draft)
        operations.hand_in_report(**mine, submission=draft)
    with scope.within(trio.scope()):
        operations.accept_report(alliance=trio.alliance, actor=trio.coordinator, submission=draft)
    counts = content(publish(trio, asked))["completeness"]
    assert (counts["reported"], counts["expected"], counts["missing"]) == (2, 3, [])
    assert counts["without_number"] == {"not_collected": 1}


def test_what_goes_out_is_what_was_seen(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (10, 20, 30))
    seen = preview(trio, asked).made
    assert seen is not None
    demo.report(trio, asked, trio.members[0], 11)
    everything: dict[str, Any] = {"alliance": trio.alliance, "actor": trio.coordinator, "period": asked}
    with scope.within(trio.scope()), pytest.raises(publications.PreviewIsOld):
        operations.publish(**everything, audience=Audience.IMPLEMENTING, seen=seen.sha256)


def test_the_published_bytes_are_the_previewed_ones(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (10, 20, 30))
    seen = preview(trio, asked).made
    publication = publish(trio, asked)
    assert seen is not None
    assert (bytes(publication.document), publication.sha256) == (seen.data, seen.sha256)


def test_no_members_number_is_in_the_bytes(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator, form=ALL_FORMS)
    demo.report_all(trio, asked, (1111, 2222, 3333))
    document = bytes(publish(trio, asked).document).decode()
    assert [number for number in ("1111", "2222", "3333") if number in document] == []
    assert "6666" in document


def test_who_is_missing_is_named_inside_the_alliance_only(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator, Audience.PUBLIC, ALL_FORMS)
    demo.report_all(trio, asked, (10, 20, None))
    publication = publish(trio, asked, audience=Audience.PUBLIC)
    assert "missing" not in content(publication)["completeness"]
    assert "River Outreach" not in bytes(publication.document).decode()


def test_a_difference_that_shows_one_member_is_a_warning_or_for_people_a_refusal(
    founded: Built, indicator: Indicator, period: Period
) -> None:
    demo.consent_all(founded, indicator)
    demo.report_all(founded, period, (10, 20, 30, None))
    publish(founded, period)
    demo.report(founded, period, founded.members[3], 15)
    ready = preview(founded, period)
    assert (ready.refusal, ready.warnings) == (
        "",
        ("Subtracting the revision before from this one shows the number of Grace Trust.",),
    )
    with scope.within(founded.scope()):
        strict = Period.objects.select_related("version__indicator").get(pk=period.pk)
        strict.version.person_level = True
        assert (
            "needs that member's consent"
            in prepare(alliance=founded.alliance, period=strict, audience=Audience.IMPLEMENTING).refusal
        )


def consent(built: Built, member: Member, indicator: Indicator, audience: str, form: str) -> None:
    with scope.within(built.scope(member)):
        operations.give_consent(
            alliance=built.alliance,
            actor=built.people[member.pk],
            member=member,
            indicator=indicator,
            audience=audience,
            form=form,
        )


@pytest.mark.parametrize(
    ("earlier", "audience"), [(Audience.IMPLEMENTING, Audience.PUBLIC), (Audience.PUBLIC, Audience.IMPLEMENTING)]
)
def test_a_difference_between_two_audiences_that_share_readers_is_judged_alike(
    founded: Built, indicator: Indicator, period: Period, earlier: str, audience: str
) -> None:
    """Members read what is for anybody too: their total less the public one would be the number of Grace Trust."""
    demo.consent_all(founded, indicator)
    for member in founded.members[:3]:
        consent(founded, member, indicator, Audience.PUBLIC, ConsentForm.AGGREGATE)
    demo.report_all(founded, period, (10, 20, 30, 15))
    publish(founded, period, audience=earlier)
    words = (
        f"Read beside what was published to {Audience(earlier).label}, this shows the number of Grace Trust. "
        "This indicator counts people who could be recognized, so it needs that member's consent."
    )
    ready = preview(founded, period, audience)
    assert (ready.refusal, [each for each in ready.warnings if "beside" in each]) == (
        "",
        [words[: words.index(" This ")]],
    )
    with scope.within(founded.scope()):
        strict = Period.objects.select_related("version__indicator").get(pk=period.pk)
        strict.version.person_level = True
        assert prepare(alliance=founded.alliance, period=strict, audience=audience).refusal == words


@pytest.mark.parametrize(
    ("earlier", "audience", "form"),
    [
        (Audience.RESOURCE, Audience.IMPLEMENTING, ConsentForm.AGGREGATE),
        (Audience.IMPLEMENTING, Audience.PUBLIC, ConsentForm.MEMBER_VALUE),
    ],
)
def test_a_difference_that_nobody_reads_or_everybody_may_know_is_no_warning(
    founded: Built, indicator: Indicator, period: Period, earlier: str, audience: str, form: str
) -> None:
    """No one is an implementing member and a resource partner; who shows its number to the one audience that reads both
    is not found out.
    """
    for member in founded.members[:3]:
        consent(founded, member, indicator, earlier, ConsentForm.AGGREGATE)
        consent(founded, member, indicator, audience, ConsentForm.AGGREGATE)
    consent(founded, founded.members[3], indicator, earlier, form)
    demo.report_all(founded, period, (10, 20, 30, 15))
    publish(founded, period, audience=earlier)
    without = "Not included, for want of consent for this audience: Grace Trust."
    assert (preview(founded, period, audience).refusal, preview(founded, period, audience).warnings) == ("", (without,))


def test_a_publication_is_for_its_audience(built: Built) -> None:
    resource = built.members[3]
    with scope.within(built.scope()):
        Member.objects.filter(pk=resource.pk).update(kind="resource")
        assert Publication.objects.count() == 1
    with scope.within(built.scope(resource)):
        assert Publication.objects.count() == 0
        assert PublicationLine.objects.count() == 0
    with scope.within(built.scope(built.members[0])):
        assert Publication.objects.count() == 1
