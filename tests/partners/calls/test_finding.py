"""Who is found by what a caller says, and who is not."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, Membership, Role
from agencies.operations import add_member
from agencies.seats import seat_of
from core.money import Money
from partners import operations
from partners.models import ExternalId, GivingUnit, Partner, Phone
from partners.operations import Part
from partners.pages.calls.found import caller_rows
from partners.queries.calls.finding import callers
from partners.queries.calls.heard import heard
from tests.cast import person
from tests.partners.batched import key_in, opened


def found(agency: Agency, user: User, words: str) -> dict[str, list[str]]:
    """Names and reasons."""
    seat = seat_of(agency, Membership.objects.get(user=user))
    return {row.name: row.reasons for row in caller_rows(seat, callers(seat, heard(words)).callers)}


@pytest.fixture
def stan(inside: Agency, alice: User) -> User:
    made = person("Stan")
    add_member(agency=inside, actor=alice, user=made, roles=(Role.STAFF,))
    return made


@pytest.mark.parametrize(
    "words",
    ["moab", "MOAB ruth", "Élise", "elise", "ELISE odegard", "김", "ruth moab 50", "+1 (555) 010-1234", "5550101234",
     "0015550101234", "50", "$50.00", "50,00 USD", "check 1042", "#1042", "417", "00417",
     "ruth@example.org"],
)  # fmt: skip
def test_staff_find_by_whatever_is_said(
    inside: Agency, add: Any, giving: Any, places: SimpleNamespace, stan: User, words: str
) -> None:
    ruth: Partner = add("Moab", first_name="Ruth Élise Ødegård", roman_name="김 Kim", email="ruth@example.org")
    add("Elimelech", first_name="Boaz")
    Phone.objects.create(partner=ruth, number="555 010-1234")
    ExternalId.objects.create(partner=ruth, source="old", value="00417", norm="417")
    giving(ruth, (places.mine, 5000), method="check", reference="1042")
    assert list(found(inside, stan, words)) == [ruth.name]


def test_reasons_say_why(inside: Agency, alice: User, add: Any, giving: Any, places: Any, stan: User) -> None:
    ruth, boaz = add("Moab"), add("Elimelech", first_name="Boaz")
    gift = giving(ruth, (places.mine, 5000), method="check", reference="1042")
    giver = GivingUnit.objects.get(partner=boaz)
    key_in(inside, alice, opened(inside, alice, 1, 5000), giver, (places.mine, 5000), method="check", reference="88")
    day = f"{gift.date.day} {gift.date:%b %Y}"
    assert found(inside, stan, "1042") == {"Ruth Moab": [f"check 1042, $50.00, {day}"]}
    assert found(inside, stan, "50") == {
        "Ruth Moab": [f"check 1042, $50.00, {day}"],
        "Boaz Elimelech": ["keyed in batch 1, not posted yet: check 88, $50.00"],
    }
    assert found(inside, stan, "boaz 50") == {"Boaz Elimelech": ["keyed in batch 1, not posted yet: check 88, $50.00"]}
    assert found(inside, stan, "boaz 51") == {"Boaz Elimelech": ["by name"]}
    assert found(inside, stan, "zebedee") == found(inside, stan, "51") == found(inside, stan, "7777") == {}


def test_what_was_tendered_in_another_currency_and_who_is_not_known(
    inside: Agency, alice: User, places: Any, giving: Any, add: Any, stan: User
) -> None:
    ruth = add("Moab")
    giving(ruth, (places.mine, 5412), tendered=Money(4900, "EUR"))
    nobody = operations.record_gift(
        agency=inside,
        actor=alice,
        giving_unit=GivingUnit.objects.create(name="Unidentified", is_unidentified=True),
        on=inside.today(),
        parts=[Part(places.mine, Money(7300, "USD"), "")],
        key="nobody",
    )
    assert "€49.00 given, booked as $54.12" in found(inside, stan, "49 EUR")["Ruth Moab"][0]
    assert list(found(inside, stan, "73")) == ["The giver is not known yet"]
    assert nobody.amount == 7300


def test_the_field_finds_its_own_and_no_anonymous_giver(
    inside: Agency, add: Any, giving: Any, places: SimpleNamespace, bob: User, stan: User
) -> None:
    """Bob leads the unit of Ruth's gift; Orpah gave there without a name, Naomi elsewhere. The control: staff."""
    ruth, orpah, naomi = add("Moab"), add("Moab", first_name="Orpah"), add("Moab", first_name="Naomi")
    giving(ruth, (places.mine, 5000), (places.general, 900), reference="1042")
    giving(orpah, (places.mine, 5000), reference="1043", anonymous=True)
    giving(naomi, (places.general, 5000), reference="1044")
    Phone.objects.create(partner=orpah, number="555 010 1234")
    for words in ("50", "1042", "moab"):
        assert list(found(inside, bob, words)) == ["Ruth Moab"], words
    for words in ("59", "1043", "1044", "orpah", "naomi", "5550101234", "9"):
        assert found(inside, bob, words) == {}, words
    for words, who in (
        ("59", "Ruth Moab"),
        ("1043", "Orpah Moab"),
        ("1044", "Naomi Moab"),
        ("5550101234", "Orpah Moab"),
    ):
        assert list(found(inside, stan, words)) == [who]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(
    inside: Agency,
    add: Any,
    giving: Any,
    places: Any,
    stan: User,
    count: int,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for number in range(count):
        giving(add("Moab", first_name=f"Ruth{number}"), (places.mine, 5000), reference="5550101")
    seat = seat_of(inside, Membership.objects.get(user=stan))
    for words, most in (("5550101", 10), ("moab", 7), ("moab 50", 10)):
        with django_assert_max_num_queries(most):
            assert len(caller_rows(seat, callers(seat, heard(words)).callers)) == count
