"""The reports by the question that each answers, and in words how each figure is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.days import day_in_words
from agencies.models import Agency
from partners.queries.giving_reports import questions, thanks
from partners.queries.giving_reports.lines import Span
from partners.queries.giving_reports.questions import Periods

Formula = Callable[[Agency, Periods], str]


@dataclass(frozen=True)
class ReportWords:
    """A report: `key` names it, `page` its address, `title` is short, and `formula` says in words who is in it."""

    key: str
    page: str
    title: Any
    question: Any
    answer: Any
    formula: Formula


def days(agency: Agency, span: Span) -> str:
    """A period in words."""
    first, last = (day and day_in_words(agency, day) for day in (span.first, span.last))
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    return _("up to %(last)s") % {"last": last} if last else _("since %(first)s") % {"first": first}


def of_grid(agency: Agency, periods: Periods) -> str:
    months = questions.grid_months(agency, periods)
    span = Span(months[0], questions.month_end(months[-1]))
    return _("Each cell is the sum of a giver's gifts in a month, %(days)s. A dash is a month without one.") % {
        "days": days(agency, span)
    }


def of_months(agency: Agency, periods: Periods) -> str:
    return _(
        "The sum of the gifts of each month, the number of gifts that count in it, and the number of givers, each once."
        " Beside it the same month of the year before."
    )


def of_years(sentence: str) -> Formula:
    def say(agency: Agency, periods: Periods) -> str:
        year = questions.chosen_year(agency, periods)
        this, last = (days(agency, questions.year_span(agency, each)) for each in (year, year - 1))
        return str(_(sentence)) % {"this": this, "last": last}

    return say


def of_new(agency: Agency, periods: Periods) -> str:
    return _("Gave in the period (%(days)s), and nothing before: history that was imported counts.") % {
        "days": days(agency, questions.new_span(agency, periods))
    }


def of_lapsed(agency: Agency, periods: Periods) -> str:
    regular, _gap = questions.lapsed_spans(agency, periods)
    return _(
        "Gave in at least %(least)s different months of the %(back)s months before the gap (%(days)s), and nothing in"
        " the %(gap)s months since."
    ) % {
        "least": questions.REGULAR_MONTHS,
        "back": questions.LOOK_BACK,
        "days": days(agency, regular),
        "gap": periods.gap,
    }


def of_two(sentence: str) -> Formula:
    def say(agency: Agency, periods: Periods) -> str:
        earlier, later = (days(agency, span) for span in questions.two_spans(agency, periods))
        return str(_(sentence)) % {"earlier": earlier, "later": later}

    return say


def of_thanks(agency: Agency, periods: Periods) -> str:
    return _(
        "Gifts of %(days)s to whose giver nobody has said thanks since: a contact with the outcome “said thanks”, on"
        " the day of the gift or later, by the office or by the team that it was for."
    ) % {"days": days(agency, thanks.thanks_span(agency, periods))}


L = gettext_lazy
REPORTS: Final = tuple(
    ReportWords(key, f"giving_{key}", title, question, answer, formula)
    for key, title, question, answer, formula in (
        ("thanks", L("Gifts to give thanks for"), L("Whom have we not thanked yet?"),
         L("Gifts that wait for thanks, the oldest first; log the thanks from the list."), of_thanks),
        ("grid", L("Fourteen months"), L("Who gives what, month by month, and where are holes?"),
         L("Givers and fourteen months, with what they promised."), of_grid),
        ("months", L("Giving by month"), L("How much comes in each month, and is it more than a year ago?"),
         L("Sums, gifts and givers by month, as a chart and a table."), of_months),
        ("last_year", L("Last year but not this year"), L("Who gave last year but not yet this year?"),
         L("Known as LYBUNT: last year's giving of those who are missing this year."),
         of_years("Gave last year (%(last)s) and has given nothing this year (%(this)s).")),
        ("some_years", L("Some year but not this year"), L("Who gave in an earlier year but not yet this year?"),
         L("Known as SYBUNT: everybody with a gift before this year and none in it."),
         of_years("Gave at some time before this year, and has given nothing this year (%(this)s).")),
        ("new_givers", L("New givers"), L("Who gave for the first time?"),
         L("Givers whose first gift falls into the period."), of_new),
        ("lapsed", L("Lapsed givers"), L("Who gave regularly and has stopped?"),
         L("Givers with a gap longer than thirteen months, or as many as you choose."), of_lapsed),
        ("retention", L("Retention"), L("Of those who gave before, how many gave again?"),
         L("Givers and money of two periods, per {unit}."),
         of_two("Of the givers of the earlier period (%(earlier)s): how many gave in the later one (%(later)s), and"
                " what these givers gave in both.")),
        ("stayed", L("Who gave again"), L("Who of the earlier givers gave again, and who did not?"),
         L("The givers behind the retention, one by one."),
         of_two("Gave in the earlier period (%(earlier)s), beside what they gave in the later one (%(later)s).")),
        ("changes", L("Largest changes"), L("Whose giving changed most, up or down?"),
         L("What each giver gave in two periods, the largest difference first."),
         of_two("The later period (%(later)s) less the earlier one (%(earlier)s), where it differs.")),
    )
)  # fmt: skip
BY_KEY: Final = {each.key: each for each in REPORTS}


def ground_rules() -> list[str]:
    """What holds for every figure of every report."""
    return [
        _("“Gave” means that the gifts of the days come to more than nothing, within the filter."),
        _("Gifts count on the day of the contribution, which decides the year of a statement; the ledger's month is"
          " that of the deposit."),
        _("What was withdrawn by a correction or an undone import does not count. A refund or chargeback is taken off"
          " on its own day."),
        _("Soft credits stand apart and are in no sum. Currencies are never added to each other."),
        _("Imported history counts like every other gift."),
    ]  # fmt: skip


def field_rule() -> str:
    """What readers in the field are told beside it."""
    return _(
        "You see gifts for your own teams. Who gave anonymously is one line without a name, and in no list of givers."
    )
