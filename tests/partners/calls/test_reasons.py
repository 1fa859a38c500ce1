"""Why a gift was reversed is free text: it stands only before who may read everything that it may speak of."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership, Role
from agencies.operations import add_member
from agencies.seats import seat_of
from core.money import Money
from partners import operations
from partners.models import Gift, Partner
from partners.operations import Part
from partners.pages.calls.call import call_page
from ssu.models import Worker
from tests.cast import Visitor, person

Visit = Callable[[User], Visitor]


@pytest.fixture
def stan(inside: Agency, alice: User) -> User:
    made = person("Stan")
    add_member(agency=inside, actor=alice, user=made, roles=(Role.STAFF,))
    return made


@pytest.fixture
def corrected(inside: Agency, alice: User, places: SimpleNamespace, giving: Any) -> Callable[..., Gift]:
    """`corrected(ruth, "why", places.mine, places.closed)` is a gift that went from there to there."""

    def make(giver: Partner, why: str, before: Any, after: Any = None, actor: User = alice, **fields: Any) -> Gift:
        gift: Gift = giving(giver, (before, 2500), **fields)
        parts = [Part(after, Money(2500, "USD"))] if after else []
        operations.correct_gift(agency=inside, actor=actor, gift=gift, reason=why, key=why, parts=parts)
        return gift

    return make


@pytest.fixture
def told(inside: Agency, visit: Visit) -> Callable[..., list[bool]]:
    """`told(stan, gift, "words")`: whether the call page, its endpoint and the page of the gift hold these words."""

    def ask(user: User, gift: Gift, words: str) -> list[bool]:
        partner, browser = gift.giving_unit.partner_id, visit(user)
        pages = [reverse(name, args=[inside.slug, partner]) for name in ("call", "api_call")]
        pages.append(reverse("gift", args=[inside.slug, gift.pk]))
        answers = [browser.get(page) for page in pages]
        assert [each.status_code for each in answers] == [200] * len(pages)
        return [words in each.content.decode() for each in answers]

    return ask


def test_a_reason_is_read_where_nothing_is_closed(
    corrected: Any, told: Any, add: Any, places: SimpleNamespace, stan: User
) -> None:
    assert told(stan, corrected(add("Moab"), "Typed twice", places.mine), "Typed twice") == [True] * 3
    assert told(stan, corrected(add("Naomi"), "Not there", places.mine, places.general), "Not there") == [True] * 3


def test_what_stands_in_its_place_is_closed(
    corrected: Any, told: Any, add: Any, places: SimpleNamespace, stan: User, alice: User
) -> None:
    gift = corrected(add("Moab"), "For the hidden families", places.mine, places.closed)
    assert told(stan, gift, "hidden families") == [False] * 3
    assert told(stan, gift, "Reversed on")[:2] == [True] * 2
    assert told(alice, gift, "hidden families") == [True] * 3


def test_what_stood_before_is_closed(corrected: Any, told: Any, add: Any, places: SimpleNamespace, stan: User) -> None:
    gift = corrected(add("Moab"), "Not for the hidden families", places.closed, places.mine)
    assert told(stan, gift, "hidden families") == [False] * 3


def test_a_name_that_is_kept_stands_in_it(
    corrected: Any, told: Any, add: Any, places: SimpleNamespace, led: SimpleNamespace, stan: User, alice: User
) -> None:
    gift = corrected(add("Moab"), f"She asked after {led.closed.name}", places.mine)
    assert told(stan, gift, led.closed.name) == [False] * 3
    assert told(alice, gift, "asked after") == [True] * 3


def test_a_leader_reads_no_reason_that_speaks_of_others(
    corrected: Any, inside: Agency, add: Any, places: SimpleNamespace, bob: User, visit: Visit
) -> None:
    """Bob leads the unit that had the gift, and not the one that has it now; nor may he know who gave unnamed."""
    moved = corrected(add("Moab"), "It is for the valley", places.mine, places.careful)
    kept = corrected(add("Naomi"), "Typed twice", places.mine)
    hidden = corrected(add("Orpah"), "Orpah called", places.mine, anonymous=True)

    def page(gift: Gift) -> str:
        return visit(bob).get(reverse("gift", args=[inside.slug, gift.pk])).content.decode()

    assert "It is for the valley" not in page(moved)
    assert "Typed twice" in page(kept)
    assert "Orpah" not in page(hidden)


def test_who_reversed_it_is_called_as_the_seat_may(
    corrected: Any, add: Any, places: SimpleNamespace, inside: Agency, stan: User, visit: Visit
) -> None:
    actor = person("Deborah")
    member = add_member(agency=inside, actor=None, user=actor, roles=(Role.FINANCE,))
    Worker.objects.create(agency=inside, membership=member, name="Deborah", alias="Anna", discretion="closed")
    gift = corrected(add("Moab"), "Typed twice", places.mine, actor=actor)
    page = visit(stan).get(reverse("gift", args=[inside.slug, gift.pk])).content.decode()
    assert "Typed twice" in page
    assert "Anna, " in page
    assert "Deborah, " not in page


def test_the_other_words_of_a_gift_are_kept_back_too(
    inside: Agency, alice: User, add: Any, giving: Any, places: SimpleNamespace, stan: User, bob: User, visit: Visit
) -> None:
    """Why money went back stands as what was given; why a line left suspense stays after it was put back there."""
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    day, some = inside.today(), Money(100, "USD")
    closed = giving(add("Moab"), (places.closed, 900))
    unnamed = giving(add("Orpah"), (places.mine, 900), anonymous=True)
    first = operations.refund_gift(**act, gift=closed, amount=some, on=day, reason="Not for the Tamrin", key="1")
    other = operations.refund_gift(**act, gift=unnamed, amount=some, on=day, reason="Mrs. Orpah called", key="2")
    waiting = giving(add("Naomi"), (None, 900))
    line = waiting.lines.get()
    operations.assign_line(**act, line=line, designation=places.closed, reason="For the Tamrin", key="3")
    operations.take_back_assignment(**act, line=line, reason="wrong", key="4")

    def page(user: User, gift: Gift) -> str:
        return visit(user).get(reverse("gift", args=[inside.slug, gift.pk])).content.decode()

    said = ((first, "Tamrin"), (other, "Orpah"), (waiting, "Tamrin"))
    assert [words in page(alice, gift) for gift, words in said] == [True] * 3
    assert "Tamrin" not in page(stan, first)
    assert "Orpah" not in page(bob, other)
    assert "Tamrin" not in page(stan, waiting)


def test_the_reasons_of_many_gifts_take_no_more_queries(
    corrected: Any, add: Any, places: SimpleNamespace, inside: Agency, stan: User, django_assert_max_num_queries: Any
) -> None:
    ruth = add("Moab")
    for number in range(3):
        corrected(ruth, f"Typed twice {number}", places.mine)
    seat = seat_of(inside, Membership.objects.get(user=stan))
    with django_assert_max_num_queries(31):
        assert [each.state for each in call_page(seat, ruth, None)["gifts"]] == ["reversed"] * 3
