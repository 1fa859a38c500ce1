"""The one function that looks for names past row-level security: its own agency only, words as they are."""

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import scope
from agencies.models import Agency
from partners.models import Partner
from partners.queries.partners import escaped


def add(name: str) -> Partner:
    return Partner.objects.create(kind="person", name=name, sort_name=name)


def found(*words: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT partner_id FROM find_partners(%s::text[], 50)", [[f"%{escaped(word)}%" for word in words]]
        )
        ids = [pk for (pk,) in cursor.fetchall()]
    names = Partner.objects.in_bulk(ids)
    return [names[pk].name for pk in ids]


def test_every_word_is_in_the_name_whatever_its_case(inside: Agency):
    for name in ("Ann Ferry", "Ben Ferry", "ANN Brook", "Élise Ödegård"):
        add(name)
    assert found("ferry") == ["Ann Ferry", "Ben Ferry"]
    assert found("FERRY", "an") == ["Ann Ferry"]
    assert found("ödegård") == ["Élise Ödegård"]
    assert found("ferry", "brook") == []


@pytest.mark.parametrize("words", ["O'Neil", "100%", "a_b", "back\\slash", "'; DROP TABLE x; --", "%L", "$1"])
def test_signs_stand_for_themselves(inside: Agency, words: str):
    add(f"Ann {words} Ferry")
    add("Somebody Else")
    assert found(*words.split()) == [f"Ann {words} Ferry"]


def test_no_words_find_everybody_in_order(inside: Agency):
    add("Ben")
    add("Ann")
    assert found() == ["Ann", "Ben"]


def test_another_agency_is_never_found(inside: Agency, elsewhere: Agency):
    with scope.of_agency(elsewhere.pk):
        add("Ann Ferry")
    assert found("ferry") == []


@pytest.mark.django_db
def test_without_an_agency_it_refuses():
    refused = pytest.raises(DatabaseError, match="no agency is in scope")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT find_partners('{}', 1)")
