"""Names in a sentence of the other direction."""

from types import SimpleNamespace

import pytest

from core.bidi import FIRST_STRONG, POP, isolated
from ssu.pages.parts import by_on


@pytest.mark.parametrize("name", ["יוסף כהן", "نورا الحسن", "New Hope בית תקווה"])
def test_a_name_that_runs_from_right_to_left_is_set_apart(name: str) -> None:
    assert isolated(name) == f"{FIRST_STRONG}{name}{POP}"


@pytest.mark.parametrize("name", ["", "Bob", "Łódź 4", "देवनागरी", "王小明"])
def test_every_other_name_is_left_as_it_is(name: str) -> None:
    assert isolated(name) == name


def test_the_day_behind_a_name_stays_behind_it() -> None:
    agency = SimpleNamespace(local=lambda moment: moment, locale="en")
    assert by_on(agency, "יוסף", None).startswith(f"{FIRST_STRONG}יוסף{POP}, ")  # type: ignore[arg-type]
