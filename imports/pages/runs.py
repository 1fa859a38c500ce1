"""What the pages of an import show, worked out before the template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words, time_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import parse_amount
from imports.giving_tabs import Tab, giving_tabs
from imports.kinds import domain, format_name
from imports.models import ImportFinding, ImportRun
from imports.operations.check import OriginalErased, may_be_judged, original_erased
from jobs.models import Job
from jobs.panels import Panel, panel

State = ImportRun.State
Kind = ImportFinding.Kind
TONES = {
    State.UPLOADED: "prog",
    State.REFUSED: "bad",
    State.CHECKED: "warn",
    State.APPLYING: "prog",
    State.APPLIED: "done",
    State.UNDOING: "prog",
    State.UNDONE: "none",
}
PAGE = 50
UNKNOWN = "not_recognised"
"""Why a file is refused whose columns are in no format; somebody may say what they are."""


@dataclass(frozen=True)
class RunRow:
    """A row of the list of imports."""

    title: str
    url: str
    file_name: str
    uploaded: str
    by: str
    state: str
    tone: str


def listed_runs() -> QuerySet[ImportRun]:
    """The imports for `run_rows`, the newest first. What came of each is not loaded: of a refused one only whether
    nobody knows its columns (`unknown`).
    """
    unknown = Q(state=State.REFUSED, outcome__reason=UNKNOWN) & ~Q(outcome__has_key="is_table")
    runs: QuerySet[ImportRun] = ImportRun.objects.select_related("uploaded_by").defer("outcome", "applied")
    runs = runs.annotate(unknown=ExpressionWrapper(unknown, BooleanField()))
    return runs.order_by("-uploaded_at", "-pk")


def run_rows(seat: Seat, runs: Iterable[ImportRun]) -> list[RunRow]:
    """Rows for the runs of `listed_runs`. No query."""
    return [run_row(seat, run, unknown=run.unknown) for run in runs]  # type: ignore[attr-defined]


def run_row(seat: Seat, run: ImportRun, *, unknown: bool) -> RunRow:
    """One import in words."""
    agency = seat.agency
    state, tone = state_words(run, unknown=unknown)
    return RunRow(
        title=title_of(run),
        url=reverse("import", args=[agency.slug, run.pk]),
        file_name=shown_file_name(seat, run),
        uploaded=f"{day_in_words(agency, run.uploaded_at)}, {time_in_words(agency, run.uploaded_at)}",
        by=seat.name_of(run.uploaded_by, _("the command line")),
        state=state,
        tone=tone,
    )


def is_unknown(run: ImportRun) -> bool:
    """Whether the file has columns that nobody knows yet."""
    told = run.outcome
    return run.state == State.REFUSED and told.get("reason") == UNKNOWN and bool(told.get("is_table", True))


def state_words(run: ImportRun, *, unknown: bool) -> tuple[str, str]:
    """The state in words, and the tone of its tag. A file that nobody has mapped yet was not refused to its owner."""
    if unknown:
        return _("Waits for its columns"), "warn"
    return str(State(run.state).label), TONES[State(run.state)]


def title_of(run: ImportRun) -> str:
    """What an import is called: by its number, never by its file."""
    return _("Import %(number)s") % {"number": run.pk}


def shown_file_name(seat: Seat, run: ImportRun) -> str:
    """The name of the file for whoever uploaded it and for who may read every name: it may tell a closed place."""
    known = run.uploaded_by_id == seat.user_id or seat.unit_ids("units.unmask") is None
    return run.file_name if known else _("file of %(day)s") % {"day": day_in_words(seat.agency, run.uploaded_at)}


@dataclass(frozen=True)
class Fact:
    """One line of facts, as `components/facts.html` takes it."""

    label: str
    value: str
    url: str = ""


def run_page(seat: Seat, run: ImportRun, kind: str, number: str | None) -> dict[str, Any]:
    """An import with its outcome; `kind` and `number` say which list of findings, and which page of it."""
    agency, outcome, counts = seat.agency, run.outcome, finding_counts(run)
    gone = original_erased(run)
    shown = kind if kind in counts else next(iter(counts), "")
    job, unknown = job_panel(agency, run), is_unknown(run)
    return {
        "run": run,
        "title": title_of(run),
        "row": run_row(seat, run, unknown=unknown),
        "facts": facts(seat, run),
        "left_out": domain().left_out(outcome),
        "outcome": outcome,
        "refused": run.state == State.REFUSED,
        "is_unknown": unknown,
        "checked": run.state == State.CHECKED and not gone,
        "gone": OriginalErased.message if gone else "",
        "kept_rows": run.state == State.APPLIED and outcome.get("kept_out", 0),
        "applied": run.stands,
        "job": job,
        "at_work": job is not None and bool(job.poll_seconds),
        "totals": totals(agency, outcome),
        "button": apply_words(agency, outcome),
        "deposits": deposits(agency, run),
        "toward": toward_choice(seat, run),
        "there": there_words(agency, outcome),
        "kind": shown,
        "kind_words": str(Kind(shown).label) if shown else "",
        "finding_tabs": finding_tabs(counts, shown),
        "findings": FindingPages(run, shown, counts[shown]).get_page(number) if shown else None,
        "may_check": may_check(run),
        "tabs": giving_tabs(seat, "imports"),
    }


def deposits(agency: Agency, run: ImportRun) -> list[tuple[int, str]]:
    """The accounts to choose from for the money of a file that brings gifts; none where there is only one."""
    wanted = run.state == State.CHECKED and run.outcome.get("gift_lines") and run.outcome.get("new_lines")
    found = domain().deposits(agency=agency) if wanted else []
    return usual_first(found, run) if len(found) > 1 else []


@dataclass(frozen=True)
class TowardChoice:
    """For what the promises and stages of a file are: what waits, what was said, and what can be chosen."""

    waits: str
    said: str
    options: list[tuple[str, str]]


def toward_choice(seat: Seat, run: ImportRun) -> TowardChoice | None:
    """The question for what promises and stages are, where a checked file has some without telling it. One query."""
    wanted = run.outcome.get("toward_wanted", {})
    if run.state != State.CHECKED or not (wanted or run.toward):
        return None
    told = (promised(seat.agency, wanted.get("promises", 0)), staged(seat.agency, wanted.get("stages", 0)))
    waits = _(" and ").join(words for words in told if words)
    return TowardChoice(waits, run.toward, domain().towards(seat=seat))


def promised(agency: Agency, count: int) -> str:
    """So many commitments in words, "" for none."""
    words = ngettext("%(rows)s commitment", "%(rows)s commitments", count)
    return words % {"rows": number_in_words(agency, count)} if count else ""


def staged(agency: Agency, count: int) -> str:
    """So many stages in words, "" for none."""
    words = ngettext("%(rows)s stage", "%(rows)s stages", count)
    return words % {"rows": number_in_words(agency, count)} if count else ""


def usual_first(found: list[tuple[int, str]], run: ImportRun) -> list[tuple[int, str]]:
    """The account that the mapping of a file names comes first, else the main one."""
    usual = run.mapping.get("deposit")
    return sorted(found, key=lambda account: account[0] != usual)


def finding_counts(run: ImportRun) -> dict[str, int]:
    """How many findings each list has, the most urgent list first, without those that are empty."""
    counts = run.outcome.get("findings", {})
    return {kind: counts[kind] for kind in Kind.values if counts.get(kind)}


def number_in_words(agency: Agency, number: int) -> str:
    return str(format_decimal(number, locale=agency.locale))


def facts(seat: Seat, run: ImportRun) -> list[Fact]:
    """The file, its days, and the counts that are not nothing."""
    agency, outcome = seat.agency, run.outcome
    known = [
        Fact(_("File"), shown_file_name(seat, run)),
        Fact(_("Format"), format_name(run.format) if run.format else ""),
    ]
    counted = [(words, outcome.get(name)) for name, words in count_words(outcome).items()]
    known += [Fact(words, number_in_words(agency, number)) for words, number in counted if number]
    if outcome.get("gift_lines") and not outcome.get("new_lines"):
        known.append(Fact(count_words(outcome)["new_lines"], number_in_words(agency, 0)))
    if days := outcome.get("dates"):
        first, last = (day_in_words(agency, date.fromisoformat(day)) for day in (days[0], days[-1]))
        words = _("Gifts from, to") if outcome.get("gift_lines") else _("Days from, to")
        known.append(Fact(words, f"{first} – {last}"))
    return [fact for fact in known if fact.value]


def count_words(outcome: Mapping[str, Any]) -> dict[str, str]:
    """The counts of an outcome in words. A bank's statement brings no gifts, and its new lines are not called so."""
    return {
        "rows": _("Rows"),
        "donors": _("Givers"),
        "gifts": _("Gifts"),
        "gift_lines": _("Gift lines"),
        "new_lines": _("New gift lines") if outcome.get("gift_lines") else _("New lines"),
        "split_gifts": _("Gifts of several lines"),
        "reversals": _("Refunds and chargebacks"),
        "statement_lines": _("Statement lines"),
    }


def totals(agency: Agency, outcome: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Totals by currency as tendered, and by year as booked. Years are in the currency of the file's amounts."""
    base = outcome.get("currency", agency.base_currency)
    by_currency = [(code, shown(total, code, agency)) for code, total in outcome.get("totals_by_currency", {}).items()]
    by_year = [(year, shown(total, base, agency)) for year, total in outcome.get("totals_by_year", {}).items()]
    tables = (
        (_("By currency, as tendered"), by_currency),
        (_("By year, in %(currency)s") % {"currency": base}, by_year),
    )
    return [(title, rows) for title, rows in tables if rows]


def shown(total: str, currency: str, agency: Agency) -> str:
    """An exact amount of an outcome, as the agency writes it."""
    return parse_amount(total, currency).format(agency.locale)


def apply_words(agency: Agency, outcome: Mapping[str, Any]) -> str:
    """What the button does, in numbers; "" where there is nothing to do. Only what is new is counted of gifts."""
    told = (
        new_gifts(agency, outcome),
        partner_rows(agency, outcome),
        new_statement_lines(agency, outcome),
        promised(agency, outcome.get("commitments", 0)),
        staged(agency, outcome.get("stages", 0)),
        kept_rows(agency, outcome),
    )
    parts = [words for words in told if words]
    out = outcome.get("kept_out", 0)
    if not parts:
        return ""
    if out:
        kept = ngettext("keep %(out)s row out", "keep %(out)s rows out", out)
        parts.append(kept % {"out": number_in_words(agency, out)})
    return _("Import %(what)s") % {"what": ", ".join(parts)}


def new_gifts(agency: Agency, outcome: Mapping[str, Any]) -> str:
    """The gift lines that are not there yet."""
    new = outcome.get("new_lines", 0) if outcome.get("gift_lines") else 0
    words = ngettext("%(new)s new gift line", "%(new)s new gift lines", new) % {"new": number_in_words(agency, new)}
    return words if new else ""


def new_statement_lines(agency: Agency, outcome: Mapping[str, Any]) -> str:
    """The lines of a bank or a processor that are not there yet."""
    new = outcome.get("new_statement_lines", 0)
    words = ngettext("%(new)s new statement line", "%(new)s new statement lines", new)
    return words % {"new": number_in_words(agency, new)} if new else ""


def kept_rows(agency: Agency, outcome: Mapping[str, Any]) -> str:
    """The rows that are kept as they came and bring nothing else."""
    rows = outcome.get("kept_rows", 0)
    words = ngettext("%(rows)s row to be kept", "%(rows)s rows to be kept", rows)
    return words % {"rows": number_in_words(agency, rows)} if rows else ""


def partner_rows(agency: Agency, outcome: Mapping[str, Any]) -> str:
    """The rows about partners: a section of a file of gifts, or a whole file, which alone tells no currency."""
    other = "currency" in outcome or "kept_rows" in outcome
    whole = 0 if other else max(outcome.get("rows", 0) - outcome.get("kept_out", 0), 0)
    rows = outcome.get("donor_rows", 0) or whole
    words = ngettext("%(rows)s row of givers", "%(rows)s rows of givers", rows)
    return words % {"rows": number_in_words(agency, rows)} if rows else ""


def there_words(agency: Agency, outcome: Mapping[str, Any]) -> str:
    """How many gift lines are there already, where some are."""
    there = outcome.get("gift_lines", 0) - outcome.get("new_lines", 0)
    one, more = (
        "%(there)s gift line is there already and stays as it is.",
        "%(there)s gift lines are there already and stay as they are.",
    )
    return ngettext(one, more, there) % {"there": number_in_words(agency, there)} if there > 0 else ""


def job_panel(agency: Agency, run: ImportRun) -> Panel | None:
    """The job that is at work on the file, or that failed."""
    if run.job_id is None or run.state in {State.REFUSED, State.UNDONE}:
        return None
    job = Job.objects.filter(pk=run.job_id).first()
    if job is None or job.state == Job.State.DONE:
        return None
    url = reverse("job", args=[agency.slug, job.pk])
    return panel(job, agency, url=url, cancel_url=reverse("job_cancel", args=[agency.slug, job.pk]), files=[])


def may_check(run: ImportRun) -> bool:
    """Whether the file can be judged again: it is judged, or the job that was to judge it ended without."""
    if run.state == State.UPLOADED and not original_erased(run):
        return run.job_id is None or Job.objects.filter(pk=run.job_id, state__in=Job.ENDED).exists()
    return may_be_judged(run)


def finding_tabs(counts: Mapping[str, int], current: str) -> list[Tab]:
    """The lists of findings with their counts."""
    return [
        Tab(str(Kind(kind).label), f"?kind={kind}#findings", kind == current, count) for kind, count in counts.items()
    ]


class FindingPages(Paginator[ImportFinding]):
    """Pages of one list: its count stands in the outcome, and a page is found by the places of its rows, the last as
    soon as the first.
    """

    def __init__(self, run: ImportRun, kind: str, count: int) -> None:
        self.found = run.findings.filter(kind=kind).order_by("position")
        super().__init__(self.found, PAGE)
        self.count = count

    def page(self, number: int | str) -> Page[ImportFinding]:
        """One page with its rows."""
        valid = self.validate_number(number)
        first = (valid - 1) * PAGE + 1
        rows = self.found.filter(position__range=(first, first + PAGE - 1))
        return Page(list(rows), valid, self)


def finding_cells(run: ImportRun) -> list[list[str | int]]:
    """Every finding as a row of a file, the most urgent first."""
    columns = ("row", "line", "column", "reason", "message")
    return [
        [str(kind.label), *row]
        for kind in Kind
        for row in run.findings.filter(kind=kind).order_by("position").values_list(*columns)
    ]


def finding_header() -> list[str]:
    """The columns of that file."""
    return [_("List"), _("Row"), _("Line"), _("Column"), _("Reason"), _("What to do")]
