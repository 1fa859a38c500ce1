"""The statements of a partner on the call page, and finding a caller by the number of one."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from communications.queries.consent import address_on_record
from core.money_forms import new_key
from partners.models import Partner
from partners.queries.calls.heard import Heard
from reports.models import StatementIssue
from reports.queries.issues import newest_of, with_file

NUMBER: Final = re.compile(r"([12][0-9]{3})-([0-9]{1,9})")
"""The number of a statement as it is printed: `2025-000017`."""
YEARS: Final = 2


def statements_part(request: HttpRequest, *, partner: Partner, **context: Any) -> str:
    """A card with the statements of the last two years, each with a button that sends it again. Five queries."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    if not seat.can("statements.send"):
        return ""
    agency, this_year = seat.agency, seat.agency.today().year
    givers = list(partner.giving_units.values_list("pk", flat=True))
    issues = [issue for year in range(this_year, this_year - YEARS, -1) for issue in newest_of(year, givers).values()]
    filed = with_file(issue.pk for issue in issues)
    rows = [
        {
            "words": _("%(year)s, number %(number)s of %(day)s")
            % {"year": issue.year, "number": issue.label, "day": day_in_words(agency, issue.issued_on)},
            "year": issue.year,
            "url": reverse("statement_send", args=[agency.slug, issue.pk]) if issue.pk in filed else "",
            "key": new_key(),
        }
        for issue in issues
    ]
    address = "" if partner.deceased_on else address_on_record(partner)
    parts = {"rows": rows, "address": address, "this_year": this_year, "has_died": partner.deceased_on is not None}
    return render_to_string("reports/_call_statements.html", parts, request)


def givers_by_statement(seat: Seat, said: Heard) -> Iterator[tuple[int, str]]:
    """Whom a statement of this number addresses. One query, where the words are such a number."""
    found = NUMBER.fullmatch(said.number)
    if found is None or not seat.can("statements.send"):
        return
    issues = StatementIssue.objects.filter(year=int(found[1]), number=int(found[2]), version=1)
    for issue in issues.exclude(giving_unit__partner=None).select_related("giving_unit"):
        yield issue.giving_unit.partner_id, _("statement %(number)s") % {"number": issue.label}
