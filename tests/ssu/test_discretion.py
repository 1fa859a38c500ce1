"""Closed and careful units for those who may not unmask them (trust rule T6)."""

from typing import Any

from accounts.models import User
from agencies.models import Agency
from ssu.models import Unit
from tests.ssu.conftest import seat


def test_board_sees_aliases_and_regions(inside: Agency, units: Any, dan: User) -> None:
    seen = list(Unit.objects.seen_by(seat(inside, dan)).values_list("shown_name", "shown_place", "is_masked"))
    assert seen == [
        ("Kareth Valley", "South", True),
        ("Project Cedar", "Central Asia", True),
        ("Riverbend", "Riverbend Town", False),
    ]
