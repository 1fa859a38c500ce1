"""What stands, stands: asked of PostgreSQL by raw SQL, as the member and as the backbone (acceptance scenario 7)."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import scope
from alliances import operations
from alliances.demo import Built
from alliances.models import AgendaVersion, Indicator, Obligation, Period, Publication


def run(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def refused(sql: str, *values: Any) -> str:
    """The words with which PostgreSQL refuses; a statement that goes through fails the test."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        run(sql, *values)
    return str(caught.value)


@pytest.mark.parametrize("column", ["value = 1", "state = 'estimated'", "note = 'x'", "cell = 'x'", "base = 1"])
def test_a_value_that_was_handed_in_cannot_be_changed_by_anybody(built: Built, column: str) -> None:
    with scope.within(built.scope()):
        assert "only the member itself writes its values" in refused(f"UPDATE alliances_observation SET {column}")
    with scope.within(built.scope(built.members[0])):
        assert "handed in cannot be changed" in refused(f"UPDATE alliances_observation SET {column}")


def test_a_value_cannot_be_deleted_or_added_after_handing_in(built: Built) -> None:
    member = built.members[0]
    add = (
        "INSERT INTO alliances_observation (alliance_id, submission_id, member_id, cell, state, value, note) "
        "SELECT alliance_id, id, member_id, 'x', 'reported', 1, '' FROM alliances_submission"
    )
    with scope.within(built.scope()):
        assert "only the member itself" in refused("DELETE FROM alliances_observation")
        assert "only the member itself" in refused(add)
    with scope.within(built.scope(member)):
        assert "handed in cannot be changed" in refused("DELETE FROM alliances_observation")
        assert "belongs to a draft of the same member" in refused(add)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("state = 'draft'", "cannot go from accepted to draft"),
        ("state = 'submitted'", "cannot go from accepted to submitted"),
        ("review_note = 'x'", "cannot go from accepted to accepted"),
        ("revision = 9", "cannot be moved"),
        ("prepared_by_id = reviewed_by_id", "cannot go from accepted to accepted"),
    ],
)
def test_an_accepted_report_stays_as_it_is(built: Built, change: str, words: str) -> None:
    for seat in (None, built.members[0]):
        with scope.within(built.scope(seat)):
            assert words in refused(f"UPDATE alliances_submission SET {change}")


def test_an_accepted_report_cannot_be_deleted(built: Built) -> None:
    for seat in (None, built.members[0]):
        with scope.within(built.scope(seat)):
            assert run("DELETE FROM alliances_submission") == 0


def test_a_member_cannot_accept_its_own_report(founded: Built, period: Period) -> None:
    member = founded.members[0]
    mine: dict[str, Any] = {"alliance": founded.alliance, "actor": founded.people[member.pk], "member": member}
    with scope.within(founded.scope(member)):
        owed = Obligation.objects.get(period=period, member=member)
        report = operations.save_report(**mine, obligation=owed, state="reported", value=Decimal(3))
        assert "cannot go from draft to accepted" in refused("UPDATE alliances_submission SET state = 'accepted'")
        assert "cannot go from draft to submitted" in refused("UPDATE alliances_submission SET state = 'submitted'")
        operations.approve_report(**mine, submission=report)
        operations.hand_in_report(**mine, submission=report)
        assert "cannot go from submitted to accepted" in refused("UPDATE alliances_submission SET state = 'accepted'")


def test_a_publication_and_its_lines_are_append_only(built: Built) -> None:
    with scope.within(built.scope()):
        for table in ("publication", "publicationline", "signature", "memberchange", "alliancechange"):
            assert "permission denied" in refused(f"DELETE FROM alliances_{table}")
        assert "permission denied" in refused("UPDATE alliances_publication SET erratum = 'x'")
        assert "permission denied" in refused("UPDATE alliances_publicationline SET value = 1")
        assert "permission denied" in refused("TRUNCATE alliances_publicationline")


def test_a_publication_carries_the_hash_of_its_bytes(built: Built) -> None:
    copy = (
        "INSERT INTO alliances_publication (alliance_id, indicator_id, version_id, period_id, audience, revision, "
        "erratum, document, sha256, published_by_id, published_at) SELECT alliance_id, indicator_id, version_id, "
        "period_id, audience, 2, %s, %s, sha256, published_by_id, now() FROM alliances_publication"
    )
    with scope.within(built.scope()):
        document = bytes(Publication.objects.get().document)
        assert "publication_matches_its_hash" in refused(copy, "why", document + b" ")
        assert "restated_with_erratum" in refused(copy, "", document)
        assert run(copy, "why", document) == 1


def test_lines_add_up_and_cannot_be_added_later(built: Built) -> None:
    line = (
        "INSERT INTO alliances_publicationline (alliance_id, publication_id, position, kind, value) "
        "SELECT alliance_id, id, {0}, '{1}', 1 FROM alliances_publication"
    )
    with scope.within(built.scope()):
        assert "do not add up" in refused(line.format(7, "net"))
        assert "one_line_per_position" in refused(line.format(1, "gross"))
        assert "do not add up" in refused(
            line.format(7, "gross") + " UNION ALL SELECT alliance_id, id, 8, 'net', 1 FROM alliances_publication"
        )


@pytest.mark.parametrize(
    "change",
    [
        "number = 9",
        "adopted_at = NULL",
        "superseded_at = now()",
        "state = 'superseded', adopted_at = now()",
        "state = 'draft'",
        "state = 'consultation'",
        "started_at = now()",
    ],
)
def test_an_adopted_agenda_is_immutable(built: Built, change: str) -> None:
    with scope.within(built.scope()):
        words = refused(f"UPDATE alliances_agendaversion SET {change} WHERE state = 'adopted'")
        assert "cannot be changed" in words or "cannot go back" in words


def test_the_items_of_an_adopted_agenda_are_immutable(built: Built) -> None:
    with scope.within(built.scope()):
        words = "only while it is a draft"
        assert words in refused("UPDATE alliances_agendaitem SET title = 'x'")
        assert words in refused("DELETE FROM alliances_agendaitem")
        assert words in refused(
            "INSERT INTO alliances_agendaitem (alliance_id, version_id, kind, position, title, text) "
            "SELECT alliance_id, id, 'principle', 9, 'x', '' FROM alliances_agendaversion"
        )


def test_negative_control_items_of_a_draft_can_be_changed(built: Built) -> None:
    with scope.within(built.scope()):
        version = operations.begin_agenda(alliance=built.alliance, actor=built.coordinator)
        assert AgendaVersion.objects.count() == 2
        assert run("UPDATE alliances_agendaitem SET title = 'x' WHERE version_id = %s", version.pk) == 5


@pytest.mark.parametrize(
    "change", ["definition = 'x'", "kind = 'stock'", "due_days = 1", "state = 'draft'", "number = 9"]
)
def test_an_adopted_definition_is_immutable(built: Built, change: str) -> None:
    with scope.within(built.scope()):
        assert "cannot" in refused(f"UPDATE alliances_indicatorversion SET {change}")
        assert "stays" in refused("DELETE FROM alliances_indicatorversion")


def test_negative_control_a_draft_definition_can_be_changed(built: Built) -> None:
    with scope.within(built.scope()):
        operations.write_definition(
            alliance=built.alliance,
            actor=built.coordinator,
            indicator=Indicator.objects.get(),
            kind="flow",
            unit="people",
            definition="d",
            how_to_count="h",
        )
        assert run("UPDATE alliances_indicatorversion SET definition = 'x' WHERE state = 'draft'") == 1


def test_an_agreement_is_frozen_from_its_offer_on(built: Built) -> None:
    with scope.within(built.scope()):
        assert "cannot be changed" in refused("UPDATE alliances_agreement SET text = 'x'")
        assert "cannot go back" in refused("UPDATE alliances_agreement SET state = 'offered'")


@pytest.mark.parametrize("change", ["form = 'member_value'", "expires_on = '2099-01-01'", "audience = 'public'"])
def test_a_consent_can_only_be_revoked(built: Built, change: str) -> None:
    with scope.within(built.scope(built.members[0])):
        assert "only be revoked" in refused(f"UPDATE alliances_consent SET {change}")
        assert run("UPDATE alliances_consent SET revoked_at = now()") == 1
        assert "only be revoked" in refused("UPDATE alliances_consent SET revoked_at = NULL")
