"""The head of what is printed: on pages that are laid before others, in the look of their agency."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.letterhead import STANDARD, Letterhead, letterhead_of
from agencies.models import Agency
from agencies.operations.look import choose_accent, set_logo
from tests.factories.pictures import drawn_logo

PRINTED = ("matrix", "ledger_statement")


def test_an_agency_that_chose_nothing_has_a_head_too(inside: Agency) -> None:
    assert letterhead_of(inside) == Letterhead("Harbor Light", STANDARD, "", None, None)


def test_the_head_takes_one_query(inside: Agency, alice: User, django_assert_num_queries: Any) -> None:
    set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    look = choose_accent(agency=inside, actor=alice, accent="#1b4d8f")
    with django_assert_num_queries(1):
        head = letterhead_of(inside)
    assert head == Letterhead("Harbor Light", "#1b4d8f", reverse("look_logo", args=["harbor", look.pk]), 320, 120)


@pytest.mark.parametrize("name", PRINTED)
def test_pages_for_a_board_carry_it_on_paper_alone(inside: Agency, alice: User, visit: Any, name: str) -> None:
    look = set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    text = visit(alice).get(reverse(name, args=["harbor"])).content.decode()
    assert '<div class="letterhead print-only">' in text
    assert reverse("look_logo", args=["harbor", look.pk]) in text
    assert f'fill="{STANDARD}"' in text


def test_other_pages_do_without(inside: Agency, alice: User, visit: Any) -> None:
    for name in ("ledger", "settings"):
        assert "letterhead" not in visit(alice).get(reverse(name, args=["harbor"])).content.decode()
