"""The table of rights, said to a person."""

from agencies.models import Role
from agencies.rights import RIGHTS
from agencies.rights_in_words import AREAS, WORDS, Allowed, allowed


def test_every_right_has_words_in_an_area() -> None:
    missing = sorted(RIGHTS.keys() - WORDS.keys())
    assert missing == [], f"Say in agencies/rights_in_words.py what {missing} allow: invitations show it."
    assert {area for area, _words in WORDS.values()} == set(AREAS)


def test_no_words_for_rights_that_are_gone() -> None:
    assert sorted(WORDS.keys() - RIGHTS.keys()) == []


def test_rights_reach_everywhere_or_own_units() -> None:
    by_area = {each.area: each for each in allowed([Role.MEMBER])}
    assert by_area["Budgets"] == Allowed("Budgets", [], ["see budgets"])
    assert "Reports and statements" not in by_area


def test_wider_role_wins() -> None:
    budgets = {each.area: each for each in allowed([Role.MEMBER, Role.BOARD])}["Budgets"]
    assert (budgets.everywhere, budgets.own) == (["see budgets"], [])


def test_no_role_allows_nothing() -> None:
    assert allowed([]) == []
