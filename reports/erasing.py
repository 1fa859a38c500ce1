"""Statements of a partner who is erased stay as they were issued, for finance alone, as long as the law asks."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from delivery.models import OutgoingMessage
from delivery.operations.forgetting import forget_messages
from jobs.operations.forgetting import running
from partners.erasing import Hold, Kept, Marks, Part
from partners.models import Partner
from reports.legal_period import last_legal_day
from reports.models import StatementIssue
from reports.operations.ending import ENDED

SENT: str = "reports.statement"
JOBS = ("statements.run", "statements.bundle")


def issued_to(marks: Marks) -> Any:
    return StatementIssue.objects.filter(giving_unit__in=marks.giving_unit_ids)


def goes(marks: Marks) -> list[tuple[str, int]]:
    """The mails with which statements were sent."""
    return [(_("Mails with a link to a statement"), len(mails_of(marks)))]


def mails_of(marks: Marks) -> list[int]:
    issues = issued_to(marks).values("pk")
    found = OutgoingMessage.objects.filter(reference_kind=SENT, reference_id__in=issues)
    return list(found.values_list("pk", flat=True))


def stays(agency: Agency, marks: Marks) -> list[Kept]:
    """Statements, with the last day on which the law asks for them."""
    days = list(issued_to(marks).exclude(content=ENDED).order_by("issued_on").values_list("issued_on", flat=True))
    if not days:
        return []
    until = day_in_words(agency, last_legal_day(days[-1], agency.country))
    why = _("The law asks for copies of receipts until %(day)s. Only finance and administrators open them.")
    return [Kept(_("Statements as they were issued, with name and address"), len(days), why % {"day": until})]


def holds(agency: Agency, marks: Marks) -> list[Hold]:
    """Statements that are being made now: they would name the partner afterwards."""
    words = _("Statements are being made now. Wait until the job is done.")
    return [Hold(words, reverse("job", args=[agency.slug, pk])) for pk in running(JOBS)]


def erase(*, marks: Marks, **said: Any) -> None:
    """What was mailed loses address and words."""
    forget_messages(addresses=(), message_ids=mails_of(marks), words=())


PART = Part(goes=goes, stays=stays, holds=holds, erase=erase)


def kept_statements(request: HttpRequest, *, partner: Partner, **context: Any) -> str:
    """The statements of an erased partner with the last day on which the law asks for each, for who may open them. Two
    queries.
    """
    seat: Seat = request.seat  # type: ignore[attr-defined]
    if partner.erased_at is None or not seat.can("statements.view"):
        return ""
    agency = seat.agency
    issues = (
        StatementIssue.objects.filter(giving_unit__partner=partner).exclude(content=ENDED).order_by("-year", "-version")
    )
    rows = [
        {
            "label": f"{issue.label} v{issue.version}",
            "url": reverse("statement", args=[agency.slug, issue.year, issue.giving_unit_id]),
            "until": day_in_words(agency, last_legal_day(issue.issued_on, agency.country)),
        }
        for issue in issues
    ]
    return render_to_string("reports/_kept_statements.html", {"rows": rows}, request) if rows else ""
