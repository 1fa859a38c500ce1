"""One giving unit's statement of a year, as it would be made now, and its issued versions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.utils.translation import pgettext

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from partners.models import GivingUnit
from reports.documents.contents import UNDECIDED, Content, content_hash, contents_of, totals
from reports.models import StatementFile, StatementIssue
from reports.queries.givers import to_state
from reports.queries.lines import GivenLine, lines_of
from reports.queries.naming import PublicName, public_names, tells_closed
from reports.queries.standing import Standing
from reports.queries.stated_with import ISSUED, NOT_ONE, kept_apart, shared


@dataclass(frozen=True)
class Fact:
    """A line of `components/facts.html`."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class LineRow:
    """A gift line. `standing` is empty for money on the statement."""

    date: str
    designation: str
    amount: str
    url: str
    standing: str


@dataclass(frozen=True)
class VersionRow:
    """An issued version. Without an address its file is not made yet, or kept back."""

    name: str
    issued: str
    by: str
    sha256: str
    url: str
    note: str


@dataclass(frozen=True)
class StatementPage:
    """Everything on the page of one statement."""

    status: str
    tone: str
    may_issue: bool
    button: str
    facts: list[Fact]
    rows: list[LineRow]
    none: str
    versions: list[VersionRow]


def statement_page(seat: Seat, giver: GivingUnit, year: int) -> StatementPage:
    """The statement of a giving unit as gifts stand now, beside what was issued."""
    agency, names = seat.agency, public_names()
    said = contents_of(agency, year, [giver.pk], names)[giver.pk]
    issues = list(
        StatementIssue.objects.filter(giving_unit=giver, year=year).select_related("issued_by").order_by("-version")
    )
    files = {file.issue_id: file for file in StatementFile.objects.filter(issue__in=issues)}
    status, tone, button = standing_of(said, issues, files)
    is_with_another = giver.came_by_id is not None and giver.pk in shared(year, [giver.pk]).into
    return StatementPage(
        status=status,
        tone=tone,
        may_issue=bool(button) and seat.can("statements.run"),
        button=button,
        facts=[*facts(seat, giver, said), *of_one_partner(agency, giver, year)],
        rows=[row(agency, line, names) for line in lines_of(year, [giver.pk])],
        none=_("Their gifts stand with another") if is_with_another else _("No gifts of their own in this year"),
        versions=versions(seat, issues, names, files),
    )


def standing_of(said: Content, issues: list[StatementIssue], files: Collection[int]) -> tuple[str, str, str]:
    """Status, its tone, and what the button says; no button where there is nothing to do."""
    if not issues:
        if not said["lines"]:
            return _("Nothing to state"), "none", ""
        return _("Not issued"), "prog", _("Issue now")
    if issues[0].content_hash == content_hash(said):
        return (_("Issued"), "done", "") if issues[0].pk in files else (_("Issued"), "prog", _("Make the file"))
    return _("Changed since it was issued"), "warn", _("Issue version %(version)s") % {"version": issues[0].version + 1}


def facts(seat: Seat, giver: GivingUnit, said: Content) -> list[Fact]:
    """Whom it addresses, and the sums."""
    agency = seat.agency
    partner = reverse("partner", args=[agency.slug, giver.partner_id]) if giver.partner_id else ""
    sums = [Money(minor, code).format(agency.locale) for code, minor in totals(said).items()]
    goods = sum(1 for line in said["lines"] if line["goods"])
    shown = [
        Fact(_("Giver"), giver.name, partner if seat.can("partners.view") else ""),
        Fact(_("Address"), ", ".join(said["receiver"]["address"]) or _("none: the statement cannot be mailed")),
        Fact(_("Receipts"), str(giver.get_receipts_display())),
        Fact(_("Sum on the statement"), ", ".join(sums) or _("nothing")),
    ]
    if goods:
        shown.append(Fact(_("Gifts in kind"), _("%(number)s, described without a value") % {"number": goods}))
    if said["credits"]:
        shown.append(Fact(_("Recommended gifts"), _("%(number)s, listed apart") % {"number": len(said["credits"])}))
    return shown


APART: Mapping[str, Any] = {
    ISSUED: lazily("It had a statement of this year before the two could be told as one, and keeps it"),
    NOT_ONE: lazily("They are two givers: of another kind, or receipts address them by names of their own"),
}
"""Why the giving units of one partner keep a statement each."""


def of_one_partner(agency: Agency, giver: GivingUnit, year: int) -> Iterator[Fact]:
    """What else the same partner is sent for the year, and what is told together: a merge leaves several giving units,
    whose statements together hold every gift once (ADR 14). One query, up to nine where there are several.
    """
    if giver.partner_id is None:
        return
    others = {each.pk: each for each in GivingUnit.objects.filter(partner=giver.partner_id).exclude(pk=giver.pk)}
    if not others:
        return
    together = shared(year, [giver.pk])
    if giver.pk in together.into:
        yield fact_of(_("Stated with"), others[together.into[giver.pk]], agency, year)
        return
    for other in sorted(together.behind([giver.pk]) - {giver.pk}):
        yield fact_of(_("Also states the gifts of"), others[other], agency, year)
    for other in to_state(year, others):
        yield fact_of(_("Another statement"), others[other], agency, year)
        if why := kept_apart(year, giver if giver.came_by_id else others[other]):
            yield Fact(_("Why there are two"), str(APART[why]))


def fact_of(label: str, giver: GivingUnit, agency: Agency, year: int) -> Fact:
    """A line that leads to the statement of another giving unit."""
    return Fact(label, giver.name, reverse("statement", args=[agency.slug, year, giver.pk]))


def row(agency: Agency, line: GivenLine, names: dict[int, PublicName]) -> LineRow:
    """One gift line; the amount leads to its gift."""
    name = names[line.designation].name if line.designation is not None else UNDECIDED
    on_it = line.standing == Standing.MONEY
    return LineRow(
        date=day_in_words(agency, line.given_on),
        designation=name,
        amount=Money(line.amount, line.currency).format(agency.locale),
        url=reverse("gift", args=[agency.slug, line.gift]),
        standing="" if on_it else str(Standing(line.standing).label),
    )


def versions(
    seat: Seat, issues: list[StatementIssue], names: dict[int, PublicName], files: Mapping[int, Any]
) -> list[VersionRow]:
    """What was issued, the newest first. No query."""
    found = []
    for issue in issues:
        file = files.get(issue.pk)
        kept_back = withheld(seat, issue, names)
        found.append(
            VersionRow(
                name=str(issue),
                issued=day_in_words(seat.agency, issue.issued_on),
                by=str(issue.issued_by) if issue.issued_by else pgettext("issued by", "the clock"),
                sha256=file.sha256 if file else "",
                url=reverse("statement_file", args=[seat.agency.slug, issue.pk]) if file and not kept_back else "",
                note=note(file is not None, kept_back),
            )
        )
    return found


def note(has_file: bool, kept_back: bool) -> str:
    """Why a version has no download."""
    if kept_back:
        return _("Kept back: it names what is closed now.")
    return "" if has_file else _("The file is not made yet.")


def withheld(seat: Seat, issue: StatementIssue, names: dict[int, PublicName]) -> bool:
    """Whether an issued statement names a unit that was closed afterwards, and this seat may not know the name."""
    return seat.unit_ids("units.unmask") is not None and tells_closed(issue.content, names)
