"""Each job of an alliance done once through its pages, and lists that take the same number of queries at 1, 3 and 50
rows.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies import scope
from alliances import demo
from alliances.demo import Built
from alliances.models import (
    AgendaState,
    AgendaVersion,
    Agreement,
    Alliance,
    Consent,
    Indicator,
    Member,
    Obligation,
    Period,
    PrayerRequest,
    Publication,
    Submission,
)
from tests.alliances.conftest import AllianceVisitor

Enter = Callable[[User], AllianceVisitor]


def at(page: str, *args: Any) -> str:
    return reverse(page, args=["river", *args])


def go(visitor: AllianceVisitor, page: str, *args: Any, **data: Any) -> str:
    """Send a form that must go through; the page after it."""
    response = visitor.post(at(page, *args), data, follow=True)
    assert (page, response.status_code, response.redirect_chain != []) == (page, 200, True)
    return str(response.content.decode())


def test_a_report_from_asking_to_publication(founded: Built, enter: Enter) -> None:
    carol = enter(founded.coordinator)
    definition = {**demo.DEFINITION, "name": "New groups", "direction": "up", "frequency": "quarterly"}
    go(carol, "measure_add", **definition, overlap_policy="settle")
    with scope.within(founded.scope()):
        indicator = Indicator.objects.get()
    go(carol, "measure_definition_adopt", indicator.pk)
    go(carol, "measure_period_open", indicator.pk, starts="2026-01")
    with scope.within(founded.scope()):
        period = Period.objects.get()
    for member, value in zip(founded.members, ("10", "20", "30", "0"), strict=True):
        person = enter(founded.people[member.pk])
        assert "Q1 2026" in person.get(at("alliance_home")).content.decode()
        go(person, "measure_consent_edit", indicator.pk, audience="implementing", form="aggregate")
        go(person, "measure_report_save", period.pk, state="reported", value=value)
        go(person, "measure_report_approve", period.pk)
        assert "Handed in" in go(person, "measure_report_hand_in", period.pk)
    with scope.within(founded.scope()):
        waiting = list(Submission.objects.order_by("pk"))
    assert "4 reports to review" in carol.get(at("alliance_home")).content.decode()
    for submission in waiting:
        go(carol, "measure_review", submission.pk, answer="accept")
    preview = carol.get(at("measure_publish", period.pk, "implementing"))
    assert "4 of 4 reported" in preview.content.decode()
    text = go(carol, "measure_publish", period.pk, "implementing", seen=preview.context["form"]["seen"].value())
    assert "4 of 4 reported" in text
    reader = enter(founded.people[founded.members[0].pk]).get(at("measure", indicator.pk)).content.decode()
    assert "4 of 4 reported" in reader


def test_the_publish_page_refuses_two_and_says_why(
    founded: Built, indicator: Indicator, period: Period, enter: Enter
) -> None:
    demo.consent_all(founded, indicator)
    demo.report_all(founded, period, (10, 20, None, None))
    carol = enter(founded.coordinator)
    text = carol.get(at("measure_publish", period.pk, "implementing")).content.decode()
    assert (
        "Only two members have reported: an aggregate of two would let each work out the other&#x27;s number." in text
    )
    refused = carol.post(at("measure_publish", period.pk, "implementing"), {"seen": "x"})
    assert (refused.status_code, b"Only two members" in refused.content) == (422, True)
    with scope.within(founded.scope()):
        assert not Publication.objects.exists()


def test_an_old_preview_shows_the_new_numbers_and_its_hash(built: Built, enter: Enter) -> None:
    with scope.within(built.scope()):
        period = Period.objects.exclude(published_at=None).get()
    demo.report(built, period, built.members[0], 4000)
    carol = enter(built.coordinator)
    response = carol.post(at("measure_publish", period.pk, "implementing"), {"seen": "0" * 64, "erratum": "x"})
    assert (response.status_code, b"have changed since you opened the preview" in response.content) == (422, True)
    seen = response.context["form"]["seen"].value()
    text = go(
        carol, "measure_publish", period.pk, "implementing", seen=seen, erratum="Harbor Light corrected its number."
    )
    assert "Harbor Light corrected its number." in text


def test_a_blank_report_says_that_blank_is_not_zero(built: Built, enter: Enter) -> None:
    with scope.within(built.scope()):
        period = Period.objects.get(published_at=None)
    person = enter(built.people[built.members[0].pk])
    for value, words in (
        ("", "Zero is a number"),
        ("-3", "greater than or equal to 0"),
        ("2.5", "decimal"),
        ("x", "number"),
    ):
        response = person.post(at("measure_report_save", period.pk), {"state": "reported", "value": value})
        assert (value, response.status_code, words in response.content.decode()) == (value, 422, True)
    with scope.within(built.scope(built.members[0])):
        assert not Submission.objects.filter(obligation__period=period).exists()


def test_a_returned_report_tells_the_reason(built: Built, enter: Enter) -> None:
    with scope.within(built.scope()):
        period = Period.objects.get(published_at=None)
    person, carol = enter(built.people[built.members[0].pk]), enter(built.coordinator)
    go(person, "measure_report_save", period.pk, state="estimated", value="7", note="Half the groups answered.")
    go(person, "measure_report_approve", period.pk)
    go(person, "measure_report_hand_in", period.pk)
    with scope.within(built.scope()):
        submission = Submission.objects.get(state="submitted")
    silent = carol.post(at("measure_review", submission.pk), {"answer": "return"})
    assert (silent.status_code, b"Say what has to be looked at" in silent.content) == (422, True)
    go(carol, "measure_review", submission.pk, answer="return", note="Please count the ferry village.")
    assert "Please count the ferry village." in person.get(at("alliance_home")).content.decode()
    assert "Please count the ferry village." in person.get(at("measure_report", period.pk)).content.decode()


def test_an_overlap_is_settled_by_the_two(built: Built, enter: Enter) -> None:
    with scope.within(built.scope()):
        period = Period.objects.get(published_at=None)
    one, other = built.members[:2]
    carol = enter(built.coordinator)
    text = go(carol, "overlap_open", period.pk, one=one.pk, other=other.pk, question="The ferry village?")
    assert "has not spoken yet" in text
    with scope.within(built.scope()):
        overlap = period.overlaps.get()
    for member in (one, other):
        person = enter(built.people[member.pk])
        assert "To settle" in person.get(at("alliance_home")).content.decode()
        missing = person.post(at("overlap", overlap.pk), {"resolution": "custom"})
        assert (missing.status_code, b"Enter your number together" in missing.content) == (422, True)
        text = go(person, "overlap", overlap.pk, resolution="custom", joint="110")
    assert "Both members see it the same way" in text


def test_agenda_and_agreement_from_draft_to_adoption(built: Built, enter: Enter) -> None:
    carol, person = enter(built.coordinator), enter(built.people[built.members[0].pk])
    go(carol, "agenda_begin")
    assert person.get(at("agenda_version", 2)).status_code == 404  # a draft is for those who write it
    go(carol, "agenda_item_add", 2, kind="principle", title="We begin with prayer")
    go(carol, "agenda_step", 2, "consult")
    assert "We begin with prayer" in person.get(at("agenda_version", 2)).content.decode()
    go(carol, "agenda_step", 2, "adopt")
    assert "We begin with prayer" in person.get(at("agenda")).content.decode()
    go(carol, "agreement_write", title="Second charter", text="We agree.")
    with scope.within(built.scope()):
        agreement = Agreement.objects.get(version=2)
        assert AgendaVersion.objects.get(number=1).state == AgendaState.SUPERSEDED
    assert person.get(at("agreement", agreement.pk)).status_code == 404
    go(carol, "agreement_step", agreement.pk, "offer")
    early = carol.post(at("agreement_step", agreement.pk, "adopt"))
    assert (early.status_code, b"Not yet signed by" in early.content) == (409, True)
    for member in built.members:
        assert "Second charter" in go(
            enter(built.people[member.pk]), "agreement_sign", agreement.pk, signed_name="N. N."
        )
    go(carol, "agreement_step", agreement.pk, "adopt")


def test_prayer_is_asked_answered_and_never_counted(built: Built, enter: Enter) -> None:
    person, carol = enter(built.people[built.members[0].pk]), enter(built.coordinator)
    go(person, "prayer_ask", title="For the school", audience="backbone")
    with scope.within(built.scope()):
        asked = PrayerRequest.objects.get(title="For the school")
    assert "For the school" not in enter(built.people[built.members[1].pk]).get(at("prayer")).content.decode()
    assert "For the school" in carol.get(at("prayer")).content.decode()
    assert "A teacher came." in go(person, "prayer_answer", asked.pk, answer="A teacher came.")
    go(carol, "prayer_strategy", text="We keep silence first.")
    text = go(carol, "rhythm_add", title="Morning", recurrence="weekly", when="Monday 6:00 UTC")
    assert "We keep silence first." in text
    assert "Monday 6:00 UTC" in text


def test_an_expired_request_is_not_shown(built: Built, enter: Enter) -> None:
    with scope.within(built.scope(built.members[0])):
        PrayerRequest.objects.filter(title="Rain for the lower river").update(expires_on="2020-01-01")
    assert "Rain for the lower river" not in enter(built.coordinator).get(at("prayer")).content.decode()


def test_the_sheet_of_consents(built: Built, enter: Enter) -> None:
    with scope.within(built.scope()):
        indicator = Indicator.objects.get()
    person = enter(built.people[built.members[0].pk])
    go(person, "measure_consent_edit", indicator.pk, audience="public", form="member_value")
    go(person, "measure_consent_edit", indicator.pk, audience="implementing", form="no")
    with scope.within(built.scope(built.members[0])):
        found = Consent.objects.filter(revoked_at=None).values_list("audience", "form")
        assert list(found) == [("public", "member_value")]
    assert person.post(at("measure_consent_edit", indicator.pk), {"audience": "x", "form": "no"}).status_code == 404


def test_the_desk_of_the_backbone(built: Built, enter: Enter) -> None:
    carol = enter(built.coordinator)
    go(carol, "alliance_member_add", organization="Newcomer", kind="resource")
    double = carol.post(at("alliance_member_add"), {"organization": "Newcomer", "kind": "resource"})
    assert double.status_code == 422
    with scope.within(built.scope()):
        newcomer = Member.objects.get(organization="Newcomer")
    assert carol.post(at("alliance_member_move", newcomer.pk), {"state": "active"}).status_code == 422
    go(carol, "alliance_member_move", newcomer.pk, state="left", reason="It was a mistake.")
    go(carol, "alliance_move", state="paused", reason="Harvest")
    with scope.within(built.scope()):
        assert Alliance.objects.get().state == "paused"


def test_the_document_is_the_stored_bytes(built: Built, enter: Enter) -> None:
    with scope.within(built.scope()):
        publication = Publication.objects.get()
    response = enter(built.people[built.members[0].pk]).get(at("publication_document", publication.pk))
    assert response.content == bytes(publication.document)
    assert response.headers["ETag"] == f'"{publication.sha256}"'


# Query counts


def queries(visitor: AllianceVisitor, path: str) -> int:
    visitor.get(path)  # the session and content types are read once
    with CaptureQueriesContext(connection) as captured:
        assert visitor.get(path).status_code == 200
    return len(captured)


def grow(built: Built, period: Period, number: int) -> None:
    """Give the alliance this many more measures, members, periods and requests in a few statements."""
    with scope.within(built.scope()):
        now = Indicator.objects.count()
        made = [Indicator(name=f"Measure {now + i}") for i in range(number)]
        Indicator.objects.bulk_create(made)
        Member.objects.bulk_create(
            Member(organization=f"Organization {now + i}", state="active") for i in range(number)
        )
        Period.objects.bulk_create(
            Period(
                indicator=each,
                version_id=period.version_id,
                starts="2020-01-01",
                ends="2020-03-31",
                due_on="2020-04-20",
            )
            for each in made
        )
        owing = Member.objects.exclude(obligations__period=period)
        Obligation.objects.bulk_create(Obligation(period=period, member=member) for member in owing)
        new = Period.objects.filter(indicator__in=made)
        Obligation.objects.bulk_create(Obligation(period=each, member=built.members[0]) for each in new)
    with scope.within(built.scope(built.members[0])):
        PrayerRequest.objects.bulk_create(
            PrayerRequest(
                member=built.members[0], asked_by=built.people[built.members[0].pk], title=f"Request {now + i}"
            )
            for i in range(number)
        )


@pytest.mark.parametrize("who", ["backbone", "representative"])
def test_lists_take_the_same_number_of_queries_at_1_3_and_50_rows(built: Built, enter: Enter, who: str) -> None:
    with scope.within(built.scope()):
        period, indicator = Period.objects.get(published_at=None), Indicator.objects.get()
    pages = [at("alliance_home"), at("prayer"), at("agenda"), at("measures"), at("measure", indicator.pk)]
    pages += [at("measure_period", period.pk), at("alliance_members")]
    pages += [at("measure_reviews")] if who == "backbone" else [at("measure_consents"), at("measure_report", period.pk)]
    visitor = enter(built.coordinator if who == "backbone" else built.people[built.members[0].pk])
    counts: dict[str, set[int]] = {page: set() for page in pages}
    for more in (0, 2, 47):
        grow(built, period, more)
        for page in pages:
            counts[page].add(queries(visitor, page))
    assert {page: len(found) for page, found in counts.items()} == dict.fromkeys(pages, 1)
    assert max(max(found) for found in counts.values()) <= 24
