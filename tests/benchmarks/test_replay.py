"""The explicit filter names the agency at each table of an agency, and at nothing else."""

import pytest
from django.db import connection

from agencies.models import Agency, Membership
from benchmarks.replay import caught, with_explicit_filter


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            'SELECT U0."id" FROM "partners_gift" U0 WHERE true',
            'SELECT U0."id" FROM (SELECT * FROM "partners_gift" WHERE agency_id = 7) AS U0 WHERE true',
        ),
        (
            'FROM "accounts_user" INNER JOIN "ssu_unit" ON (true)',
            'FROM "accounts_user" INNER JOIN (SELECT * FROM "ssu_unit" WHERE agency_id = 7) AS ssu_unit ON (true)',
        ),
        ('SELECT EXTRACT(YEAR FROM "partners_gift"."date")', 'SELECT EXTRACT(YEAR FROM "partners_gift"."date")'),
        ('FROM "agencies_agency"', 'FROM (SELECT * FROM "agencies_agency" WHERE id = 7) AS agencies_agency'),
    ],
)
def test_explicit_filter(sql, expected):
    assert with_explicit_filter(sql, 7) == expected


def test_caught_statements_answer_the_same_with_the_filter(inside: Agency):
    ((sql, params),) = caught(lambda: list(Membership.objects.order_by("pk").values_list("pk")))
    with connection.cursor() as cursor:
        cursor.execute(with_explicit_filter(sql, inside.pk), params)
        assert cursor.fetchall() == list(Membership.objects.order_by("pk").values_list("pk"))


def test_the_filter_of_another_agency_finds_nothing(inside: Agency, elsewhere: Agency):
    ((sql, params),) = caught(lambda: list(Membership.objects.order_by("pk").values_list("pk")))
    with connection.cursor() as cursor:
        cursor.execute(with_explicit_filter(sql, elsewhere.pk), params)
        assert cursor.fetchall() == []
