"""The background jobs of this app: each makes one domain call at a time."""

import tempfile
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import audit
from agencies.downloads import filters, table_bytes
from agencies.models import Membership
from agencies.seats import Seat, seat_of
from core.errors import Refused
from core.site import site
from jobs import kinds, schedule
from jobs.running import Running
from partners.exporting.formats import FORMATS
from partners.exporting.lists import LISTS, PART
from partners.exporting.starting import reach_of, reaches_all_of
from partners.exporting.writing import number_all, write_list
from partners.forms.giving_reports import ReportFilter, offered
from partners.job_kinds import LIST_JOB, REPORT_JOB
from partners.models import DuplicateCandidate, MatchKey, Partner
from partners.operations.commitment_events import find_events
from partners.operations.duplicates import compare_blocks, forget_before, next_keys, take_keys
from partners.pages.giving_reports.files import HeldStaysHere, header, lines_of
from partners.pages.giving_reports.registry import rows_found, table_of
from partners.pages.giving_reports.tables import Ways
from partners.queries.looking import DUPLICATES

schedule.register("look for duplicates", "20 2 * * *", DUPLICATES, title="Look for duplicates", per_agency=True)
schedule.register(
    "commitment events", "10 5 * * *", "partners.commitment_events", title="Look at commitments", per_agency=True
)


@kinds.register(DUPLICATES, right="partners.merge")
def look_for_duplicates(job: Running) -> dict[str, Any]:
    """Look through the whole agency, a bounded part at a time: first what everybody is compared by, then the blocks.
    Stopped in between it has only added; begun anew it finds the same.
    """
    agency, started = job.agency, timezone.now()
    with job.unit():
        everybody = Partner.objects.count()
    read_everybody(job, everybody)
    compare_everybody(job, everybody)
    with job.unit():
        forget_before(started)
        found = DuplicateCandidate.objects.count()
    job.progress(everybody, everybody)
    job.log(f"Pairs that may be one partner: {found}.")
    return {"url": reverse("duplicates", args=[agency.slug]), "label": "Look at them"}


def read_everybody(job: Running, everybody: int) -> None:
    """Write down what each is compared by."""
    after: int | None = 0
    while after is not None:
        job.stop_if_cancelled()
        with job.unit():
            last = after
            after = take_keys(last)
            done = Partner.objects.filter(pk__lte=last).count()
        job.progress(done // 2, everybody)


def compare_everybody(job: Running, everybody: int) -> None:
    """Compare within each block."""
    with job.unit():
        keys = MatchKey.objects.count()
    key = ""
    while True:
        job.stop_if_cancelled()
        with job.unit():
            until = next_keys(key)
            if until is None:
                break
            compare_blocks(agency=job.agency, after=key, until=until)
            seen = MatchKey.objects.filter(key__lte=until).count()
            key = until
        job.progress(everybody // 2 + everybody * seen // max(keys, 1) // 2, everybody)


@kinds.register("partners.commitment_events", right="gifts.record")
def commitment_events(job: Running) -> dict[str, int]:
    """Daily: what happened with commitments, written down and told."""
    agency = job.agency
    with job.unit():
        return {"events": len(find_events(agency=agency))}


def note_export(job: Running, what: str, query: QueryDict, kind: str, rows: int) -> None:
    """Write down who took how many rows of what, as for a file that is answered at once (trust rule T15)."""
    facts = {"rows": rows, "filters": filters(query), "format": kind}
    audit.record(actor=job.actor, verb=f"export {what}", of=None, label="", changes=facts)


class MayNoMore(Refused):
    """Rights are those of the moment in which the file is made."""

    code = "report_may_no_more"
    message = "Who asked for this report may not read it any more, or its filter is not known any more."


def seat_of_asker(job: Running) -> Seat | None:
    """Who asked for a file, with the roles of now; None for somebody who has left."""
    membership = Membership.objects.filter(user=job.actor, left_at=None).select_related("user").first()
    return seat_of(job.agency, membership) if membership else None


def is_asker(seat: Seat, arguments: dict[str, Any]) -> bool:
    """The file holds what one person may see, so it is that person's."""
    return bool(seat.user_id == arguments.get("for"))


@kinds.register(REPORT_JOB, right="gifts.view", may_have_files=is_asker, own=True)
def giving_report(job: Running) -> dict[str, Any]:
    """A report of giving as a file of all its rows, with the rights that who asked for it has now. Raises MayNoMore."""
    key, query = job.arguments["report"], QueryDict(job.arguments["query"])
    agency = job.agency
    with job.unit():
        seat = seat_of_asker(job)
        if seat is None or not seat.can("gifts.view"):
            raise MayNoMore
        form = ReportFilter(query, seat=seat, report=key, choices=offered(seat, key))
        if not form.is_valid():
            raise MayNoMore
        asked = form.asked(query.get("sort", ""))
        if asked.wanted.held:
            raise HeldStaysHere
        job.progress(0, 2)
        found = rows_found(seat, key, asked)
        table = table_of(seat, Ways(seat, key, ""), asked, found, list(found))
        rows = lines_of(table, site())
        made = table_bytes(query.get("export", "csv"), header(table), rows)
        job.progress(1, 2)
        job.keep_file(
            f"giving-{key.replace('_', '-')}-{agency.today():%Y-%m-%d}.{made.ending}", made.content, made.type
        )
        note_export(job, "giving report", query, made.ending, len(rows))
    job.progress(2, 2)
    return {"url": reverse(f"giving_{key}", args=[agency.slug]), "label": _("Back to the report")}


def may_have_list(seat: Seat, arguments: dict[str, Any]) -> bool:
    """The file is that of the one person whose rights made it, as long as these last."""
    may = is_asker(seat, arguments) and seat.can(LISTS[arguments["list"]].right)
    return may and reaches_all_of(seat, arguments)


@kinds.register(LIST_JOB, may_have_files=may_have_list, own=True)
def list_export(job: Running) -> dict[str, Any]:
    """A list as a file of all its rows, with the rights that who asked for it has now, in a bounded memory. Raises
    MayNoMore, FilterNotKnown, SeveralCurrencies, TooLongForWorkbook.
    """
    what, form, query = job.arguments["list"], FORMATS[job.arguments["format"]], QueryDict(job.arguments["query"])
    with job.unit(), tempfile.TemporaryDirectory() as folder:
        seat = seat_of_asker(job)
        if seat is None or not seat.can(LISTS[what].right) or reach_of(seat, what) != job.arguments["reach"]:
            raise MayNoMore
        found = LISTS[what](seat, query)
        total = found.count(form.key)
        job.progress(0, total)

        def tick(done: int) -> None:
            if done % PART == 0:
                job.progress(done, max(done, total))
                job.stop_if_cancelled()

        path = Path(folder, "list")
        number_all(found, form.key)
        rows = write_list(found, form.key, path, tick)
        job.keep_file(f"{found.file_name}-{job.agency.today():%Y-%m-%d}.{form.ending}", path, form.type)
        note_export(job, found.words, query, form.key, rows)
    job.progress(rows, rows)
    back = query.copy()
    back.pop("export", None)
    page = f"{reverse(what, args=[job.agency.slug])}?{back.urlencode()}"
    return {"url": page, "label": _("Back to the list"), "rows": rows}
