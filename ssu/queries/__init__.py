"""Questions about units, their people and their roll-out. They never write."""

from ssu.models.discretion import (
    public_unit_name,
    public_worker_name,
    shown_unit_name,
    shown_unit_place,
    shown_worker_name,
)
from ssu.queries.counts import Progress, StepCount, progress_of
from ssu.queries.home import MyUnit, NextItem, my_units, next_items, waiting_for_confirmation
from ssu.queries.items import states_that_differ
from ssu.queries.matrix import matrix
from ssu.queries.people import leaders_of, names_in, names_of
from ssu.queries.units import Filters

__all__ = [
    "Filters",
    "MyUnit",
    "NextItem",
    "Progress",
    "StepCount",
    "leaders_of",
    "matrix",
    "my_units",
    "names_in",
    "names_of",
    "next_items",
    "progress_of",
    "public_unit_name",
    "public_worker_name",
    "shown_unit_name",
    "shown_unit_place",
    "shown_worker_name",
    "states_that_differ",
    "waiting_for_confirmation",
]
