"""Doing something for every agency, one scope at a time."""

from collections.abc import Callable
from typing import TypeVar

from django.db import connection, transaction

from agencies.models import Agency
from agencies.scope import of_agency

Answer = TypeVar("Answer")


def agency_ids() -> list[int]:
    """The ids of all agencies. A look-up before scope beside the three of trust rule T2a, because nightly work and
    commands have no one to ask for a slug and nothing that is due yet; it returns ids only, and has its test.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_ids()")
        return [row[0] for row in cursor.fetchall()]


def for_each_agency(work: Callable[[Agency], Answer]) -> list[Answer]:
    """Call `work` for every agency, each in its own scope and transaction, and return the answers. An error ends the
    round; what was done for the agencies before it stands, unless the caller's own transaction is around it all.
    """
    return [in_agency(agency_id, work) for agency_id in agency_ids()]


def in_agency(agency_id: int, work: Callable[[Agency], Answer]) -> Answer:
    """Call `work` with one agency, in its scope, in a transaction."""
    with transaction.atomic(), of_agency(agency_id):
        return work(Agency.objects.get(pk=agency_id))
