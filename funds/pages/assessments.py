"""Rules of assessment, and the figures of a month before and after they are posted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.periods import add_months, month_start
from funds.models import AssessmentLine, AssessmentRule, AssessmentRun, Designation
from funds.pages.designations import month_in_words
from funds.pages.lists import designation_names, posting_link, written
from funds.pages.tables import Cell, Content, Table, columns
from funds.queries.assessments import Due

MONTHS = 12


def percent(rule: AssessmentRule) -> str:
    """The percentage without needless zeros."""
    return f"{rule.percent.normalize():f} %"


def rule_table(seat: Seat, rules: Sequence[AssessmentRule]) -> Table:
    """The rules, those in force first. One query for the names."""
    agency = seat.agency
    names = designation_names(seat, {pk for r in rules for pk in (r.designation_id, r.destination_id) if pk})

    def row(rule: AssessmentRule) -> list[Content]:
        of = names.get(rule.designation_id or 0) or (
            str(Designation.Kind(rule.kind).label) if rule.kind else _("all designations")
        )
        until = day_in_words(agency, rule.ends_on) if rule.ends_on else _("open end")
        url = reverse("rule_end", args=[agency.slug, rule.pk])
        end = Cell(_("End"), url) if rule.ends_on is None and seat.can("ledger.setup") else ""
        return [
            rule.name,
            of,
            names[rule.destination_id],
            day_in_words(agency, rule.starts_on),
            until,
            end,
            percent(rule),
        ]

    heads = (_("Rule"), _("Of"), _("Goes to"), _("From"), _("To"), _("Change"))
    return Table(_("Rules"), columns(heads, [_("Share")]), [row(rule) for rule in rules])


def months_table(seat: Seat) -> Table:
    """The last months, the newest first, each with its figures and its runs. Two queries."""
    agency = seat.agency
    this = month_start(agency.today())
    months = [add_months(this, -back) for back in range(MONTHS)]
    runs: dict[date, list[Any]] = {month: [] for month in months}
    for run in AssessmentRun.objects.filter(month__in=months, posting__reversals=None).order_by("pk"):
        runs[run.month].append(run)

    def row(month: date) -> list[Content]:
        url = reverse("assessment", args=[agency.slug, month.year, month.month])
        state = Cell(_("posted"), tone="done") if runs[month] else Cell("" if month == this else _("not posted"))
        state = Cell(_("not over")) if month == this else state
        return [Cell(month_in_words(agency, month), url), state, str(len(runs[month]))]

    return Table(_("Months"), columns([_("Month"), _("State")], [_("Runs")]), [row(month) for month in months])


def due_table(seat: Seat, dues: Sequence[Due]) -> Table:
    """What rules ask of a month, line by line, and the sums of each currency."""
    agency, names = seat.agency, designation_names(seat, {each.designation_id for each in dues})

    def row(each: Due) -> list[Content]:
        amounts = (each.base, each.share, each.before, each.amount)
        shown = [amount.format(agency.locale) for amount in amounts]
        return [names[each.designation_id], f"{each.rule.name}, {percent(each.rule)}", *shown]

    heads = columns([_("Designation"), _("Rule")], [_("Given"), _("Share"), _("Posted before"), _("To post")])
    return Table(_("Figures"), heads, [row(each) for each in dues], sums(agency, dues))


def sums(agency: Agency, dues: Sequence[Due]) -> list[list[Content]]:
    """The sums of the figures, each currency by itself."""
    found: dict[str, list[int]] = {}
    for each in dues:
        kept = found.setdefault(each.base.currency, [0, 0, 0, 0])
        for place, amount in enumerate((each.base, each.share, each.before, each.amount)):
            kept[place] += amount.minor
    return [
        [_("All"), currency, *(written(agency, minor, currency) for minor in kept)]
        for currency, kept in sorted(found.items())
    ]


def run_table(seat: Seat, month: date) -> Table:
    """The runs of a month, those that were taken back too. Two queries."""
    agency = seat.agency
    runs = list(AssessmentRun.objects.filter(month=month).select_related("posting").order_by("pk"))
    gone = set(AssessmentRun.objects.filter(month=month).exclude(posting__reversals=None).values_list("pk", flat=True))

    def row(run: AssessmentRun) -> list[Content]:
        state = Cell(_("reversed"), tone="warn") if run.pk in gone else Cell(_("stands"))
        lines = str(AssessmentLine.objects.filter(run=run).count())
        return [posting_link(seat, run.posting_id, day_in_words(agency, run.posting.posted_at)), state, lines]

    return Table(_("Posted"), columns([_("Run of"), _("State")], [_("Lines")]), [row(run) for run in runs])
