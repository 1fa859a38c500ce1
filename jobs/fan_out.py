"""Doing something for every agency, one scope at a time."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from agencies.lookups import agency_ids
from agencies.models import Agency
from agencies.scope import of_agency

Answer = TypeVar("Answer")


def for_each_agency(work: Callable[[Agency], Answer]) -> list[Answer]:
    """Call `work` for every agency, each in its own scope and transaction, and return the answers. An error ends the
    round; what was done for the agencies before it stands, unless the caller's own transaction is around it all.
    """
    return [in_agency(agency_id, work) for agency_id in agency_ids()]


def in_agency(agency_id: int, work: Callable[[Agency], Answer]) -> Answer:
    """Call `work` with one agency, in its scope, in a transaction."""
    with transaction.atomic(), of_agency(agency_id):
        return work(Agency.objects.get(pk=agency_id))
