"""Who sees which row, asked of PostgreSQL itself: drafts their own member only, what was handed in also the backbone,
the rest by alliance.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.scope import NoScope, Scope
from alliances import demo, operations
from alliances.demo import Built, Party
from alliances.models import Indicator, Member, Obligation, Period, Submission, ValueState
from alliances.policies import POLICIES
from config.provision import connect


def ask(sql: str, *values: Any) -> list[Any]:
    """The first column of every row that PostgreSQL shows to the scope in force."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def draft(built: Built, period: Period, member: Member) -> Submission:
    """A draft of one member, in its scope."""
    with scope.within(built.scope(member)):
        return operations.save_report(
            alliance=built.alliance,
            actor=built.people[member.pk],
            member=member,
            obligation=Obligation.objects.get(period=period, member=member),
            state=ValueState.REPORTED,
            value=Decimal(7),
        )


def test_every_table_of_the_app_has_policies_of_its_own() -> None:
    named = {model._meta.model_name for model in apps.get_app_config("alliances").get_models()}
    assert named == set(POLICIES)


def test_the_database_holds_exactly_these_policies(db: None) -> None:
    """A bare Protect() in a later migration would add the wide policy `scope` to every table and open the drafts to
    all.
    """
    found = ask(
        "SELECT tablename || '.' || policyname FROM pg_policies "
        "WHERE tablename LIKE 'alliances\\_%%' AND policyname <> 'owner' ORDER BY 1"
    )
    assert found == sorted(f"alliances_{model}.{name}" for model, rules in POLICIES.items() for name, _, _ in rules)


def test_a_draft_is_seen_by_its_member_alone(founded: Built, period: Period) -> None:
    mine = draft(founded, period, founded.members[0])
    for member in [*founded.members, None]:
        with scope.within(founded.scope(member)):
            expected = [mine.pk] if member == founded.members[0] else []
            assert ask("SELECT id FROM alliances_submission") == expected
            assert ask("SELECT submission_id FROM alliances_observation") == expected


def test_what_was_handed_in_is_seen_by_the_backbone_too_and_by_no_other_member(built: Built) -> None:
    for number, member in enumerate(built.members):
        with scope.within(built.scope(member)):
            assert ask("SELECT value FROM alliances_observation") == [demo.VALUES[number]]
            assert ask("SELECT member_id FROM alliances_submission") == [member.pk]
    with scope.within(built.scope()):
        assert sorted(ask("SELECT value FROM alliances_observation")) == sorted(demo.VALUES)


def test_a_member_sees_the_total_and_its_own_consents(built: Built) -> None:
    for member in built.members:
        with scope.within(built.scope(member)):
            assert ask("SELECT value FROM alliances_publicationline WHERE kind = 'net'") == [9035]
            assert ask("SELECT member_id FROM alliances_consent") == [member.pk]


def test_another_alliance_shows_nothing_and_its_ids_are_as_good_as_none(built: Built, other: Built) -> None:
    tables = [model._meta.db_table for model in apps.get_app_config("alliances").get_models()]
    with scope.within(other.scope()):
        for table in tables:
            key = "id" if table == "alliances_alliance" else "alliance_id"
            assert set(ask(f"SELECT {key} FROM {table}")) <= {other.alliance.pk}
        theirs = built.members[0].pk
        assert ask("SELECT id FROM alliances_member WHERE id = %s", theirs) == []


def test_a_member_id_of_another_alliance_in_scope_opens_nothing(built: Built, other: Built) -> None:
    with scope.within(Scope(alliance_id=built.alliance.pk, member_id=other.members[0].pk)):
        for table in ("submission", "observation", "consent"):
            assert ask(f"SELECT id FROM alliances_{table}") == []


@pytest.mark.parametrize("model", sorted(POLICIES))
def test_without_an_alliance_in_scope_every_table_is_loud(model: str, agency: Any) -> None:
    with scope.of_agency(agency.pk), pytest.raises(NoScope):
        ask(f"SELECT count(*) FROM alliances_{model}")
    with scope.of_agency(agency.pk), pytest.raises(NoScope):
        apps.get_model("alliances", model).objects.count()


def test_a_member_cannot_write_for_another(founded: Built, period: Period, indicator: Indicator) -> None:
    mine, theirs = founded.members[:2]
    with scope.within(founded.scope(mine)):
        owed = ask("SELECT id FROM alliances_obligation WHERE member_id = %s", theirs.pk)[0]
        for statement, values in (
            (
                """INSERT INTO alliances_submission (alliance_id, obligation_id, member_id, revision, state,
                prepared_by_id, prepared_at, review_note) VALUES (%s, %s, %s, 1, 'draft', %s, now(), '')""",
                [founded.alliance.pk, owed, theirs.pk, founded.people[mine.pk].pk],
            ),
            (
                """INSERT INTO alliances_signature (alliance_id, agreement_id, member_id, signed_name, signed_by_id,
                signed_at) SELECT alliance_id, id, %s, 'x', %s, now() FROM alliances_agreement""",
                [theirs.pk, founded.people[mine.pk].pk],
            ),
            (
                """INSERT INTO alliances_consent (alliance_id, member_id, indicator_id, form, audience, purpose,
                given_by_id, given_at) VALUES (%s, %s, %s, 'aggregate', 'public', '', %s, now())""",
                [founded.alliance.pk, theirs.pk, indicator.pk, founded.people[mine.pk].pk],
            ),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                run(statement, *values)


def test_a_member_cannot_report_under_the_obligation_of_another(founded: Built, period: Period) -> None:
    mine, theirs = founded.members[:2]
    with scope.within(founded.scope(mine)):
        owed = Obligation.objects.get(period=period, member=theirs)
        with pytest.raises(DatabaseError, match="a draft of the member that owes it"), transaction.atomic():
            Submission.objects.create(obligation=owed, member=mine, prepared_by=founded.people[mine.pk])


def test_the_backbone_cannot_sign_consent_or_report_for_a_member(
    founded: Built, period: Period, indicator: Indicator
) -> None:
    member = founded.members[0]
    with scope.within(founded.scope()):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            operations.give_consent(
                alliance=founded.alliance,
                actor=founded.coordinator,
                member=member,
                indicator=indicator,
                audience="public",
                form="member_value",
            )
        owed = Obligation.objects.get(period=period, member=member)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Submission.objects.create(obligation=owed, member=member, prepared_by=founded.coordinator)


def test_rows_of_two_alliances_cannot_be_joined_by_a_key(built: Built, other: Built) -> None:
    """The composite foreign key refuses another alliance's member, though PostgreSQL checks keys past row security."""
    with scope.within(other.scope()):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="in_scope"), transaction.atomic():
            run(
                "INSERT INTO alliances_memberchange (alliance_id, member_id, state, at, reason) "
                "VALUES (%s, %s, 'active', now(), '')",
                other.alliance.pk,
                built.members[0].pk,
            )


@pytest.fixture
def provisioner(transactional_db: None) -> Iterator[Callable[[str], None]]:
    """Run a statement past row security and ownership, as no application role can."""
    server = connect(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    with contextlib.closing(server), server.cursor() as cursor:
        yield cursor.execute


@pytest.fixture
def committed(transactional_db: None, people: Callable[[str, str], User]) -> Built:
    """The demo alliance of four outside organizations, committed."""
    members = [Party(f"Org {n}", f"org{n}@example.org", f"Org{n}") for n in range(4)]
    return demo.build(
        slug="committed",
        name="Committed",
        backbone=Party("Bridge", "bridge@example.org", "Bridge"),
        members=members,
        people=people,
    )


def values_seen(built: Built, member: Member) -> list[Decimal]:
    with transaction.atomic(), scope.within(built.scope(member)):
        return sorted(ask("SELECT value FROM alliances_observation"))


def test_negative_control_with_the_usual_policy_a_member_sees_the_others(
    committed: Built, provisioner: Callable[[str], None]
) -> None:
    first = committed.members[0]
    assert values_seen(committed, first) == [demo.VALUES[0]]
    provisioner("CREATE POLICY scope ON alliances_observation USING (alliance_id = current_alliance())")
    try:
        assert values_seen(committed, first) == sorted(demo.VALUES)
    finally:
        provisioner("DROP POLICY scope ON alliances_observation")
    assert values_seen(committed, first) == [demo.VALUES[0]]


def test_negative_control_without_the_trigger_the_member_changes_what_it_handed_in(
    committed: Built, provisioner: Callable[[str], None]
) -> None:
    first = committed.members[0]
    change = "UPDATE alliances_observation SET value = 99 RETURNING value"
    provisioner("ALTER TABLE alliances_observation DISABLE TRIGGER keep_values")
    try:
        with transaction.atomic(), scope.within(committed.scope(first)):
            assert ask(change) == [99]
    finally:
        provisioner("ALTER TABLE alliances_observation ENABLE TRIGGER keep_values")
    with (
        pytest.raises(DatabaseError, match="handed in cannot be changed"),
        transaction.atomic(),
        scope.within(committed.scope(first)),
    ):
        ask(change)
