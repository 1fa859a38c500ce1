"""The world has a row of everybody in every table: otherwise "nothing leaks" would mean "nothing is there"."""

import pytest

from agencies.guard import scope_of
from tests.factories.rows import scoped_models
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def test_every_table_has_rows_of_both_sides(world: World) -> None:
    empty = [
        f"{model._meta.label} in {chain.slug}"
        for chain in (world.mine, world.foreign, world.alliance, world.other_alliance)
        for model in scoped_models()
        if scope_of(model) in ("shared", *(key.removesuffix("_id") for key in chain.owner)) and not chain.rows[model]
    ]
    assert empty == []
