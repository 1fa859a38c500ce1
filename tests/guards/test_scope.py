"""The two nets of tenancy, seen from Python (trust rules T1, T2)."""

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import scope
from agencies.models import Agency, Membership
from agencies.scope import NoScope


def test_manager_without_scope_raises(agency: Agency) -> None:
    with pytest.raises(NoScope):
        Membership.objects.count()


def test_manager_raises_before_any_sql(agency: Agency) -> None:
    """The two nets hold apart: here nothing is asked of the database, so it is not the guard of the SQL that speaks."""
    with pytest.raises(NoScope):
        Membership.objects.all()


def test_raw_sql_without_scope_raises(agency: Agency) -> None:
    with pytest.raises(NoScope), connection.cursor() as cursor:
        cursor.execute("select count(*) from agencies_membership")


def test_postgresql_shows_only_the_agency_in_scope(agency: Agency, elsewhere: Agency) -> None:
    with scope.of_agency(agency.pk), connection.cursor() as cursor:
        cursor.execute("select distinct agency_id from agencies_membership")
        assert cursor.fetchall() == [(agency.pk,)]


def test_rows_of_another_agency_cannot_be_written(agency: Agency, elsewhere: Agency) -> None:
    with scope.of_agency(agency.pk), pytest.raises(DatabaseError), transaction.atomic():
        Membership(agency_id=elsewhere.pk, user_id=1).save()


def test_scope_ends_with_its_block(agency: Agency, elsewhere: Agency) -> None:
    with scope.of_agency(agency.pk):
        with scope.of_agency(elsewhere.pk):
            assert set(Membership.objects.values_list("agency_id", flat=True)) == {elsewhere.pk}
        assert set(Membership.objects.values_list("agency_id", flat=True)) == {agency.pk}
    with pytest.raises(NoScope):
        Membership.objects.count()


def test_garbage_scope_fails(agency: Agency) -> None:
    with scope.of_agency(agency.pk), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('app.agency_id', 'x', true)")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("select count(*) from agencies_membership")
