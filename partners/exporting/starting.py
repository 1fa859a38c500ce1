"""A list too long to wait for is written by a job, with the rights that who asked for it has then."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.idempotency import once
from agencies.seats import Seat
from jobs.models import Job
from jobs.operations import start
from partners.exporting.formats import FORMATS, OF_LISTS, NoSuchFormat
from partners.exporting.lists import LISTS
from partners.job_kinds import LIST_JOB


def titles() -> dict[str, str]:
    """What the jobs are called; the filter is not told, for its words may be names."""
    names = {"partners": _("List of partners"), "gifts": _("List of gifts"), "commitments": _("List of commitments")}
    return names | {"own_giving": _("My giving"), "reconcile": _("Bank lines that are not matched")}


def reach_of(seat: Seat, what: str) -> list[int] | None:
    """The units whose rows a list shows this seat now; None for the whole agency."""
    units = seat.unit_ids(LISTS[what].right)
    return None if units is None else sorted(units)


def reaches_all_of(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Whether the seat may still see all that the file was asked to hold: somebody who has gone to another unit does
    not take along the people of the one before.
    """
    asked, now = arguments["reach"], reach_of(seat, arguments["list"])
    return now is None or (asked is not None and set(asked) <= set(now))


def start_export(seat: Seat, what: str, kind: str, query: QueryDict) -> Job:
    """Begin writing a list as a file. Raises NoSuchFormat, FilterNotKnown."""
    if kind not in OF_LISTS[what]:
        raise NoSuchFormat
    LISTS[what](seat, query)
    title = f"{titles()[what]}, {FORMATS[kind].label}"
    arguments = {"list": what, "format": kind, "query": query.urlencode(), "for": seat.user_id}
    arguments |= {"reach": reach_of(seat, what)}
    return start(kind=LIST_JOB, actor=seat.membership.user, title=title, arguments=arguments)


def start_once(seat: Seat, what: str, kind: str, query: QueryDict, *, key: str) -> int:
    """The same, once per form: the job of a form that comes twice. Raises what `once` raises."""
    content = [what, kind, query.urlencode()]
    made = once(
        agency=seat.agency,
        endpoint="list_file",
        key=key,
        content=content,
        effect=lambda: {"job": start_export(seat, what, kind, query).pk},
    )
    return int(made["job"])
