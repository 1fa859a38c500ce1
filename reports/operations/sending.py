"""Sending an issued statement again, to the address on record and to no other."""

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.masking import Mask, masked
from agencies.models import Agency
from communications.queries.consent import address_on_record
from core.errors import Refused
from delivery import operations as outbox
from delivery.models import OutgoingMessage
from reports.models import StatementFile, StatementIssue
from reports.queries.naming import public_names, tells_closed
from reports.statement_links import GOOD_FOR, sign_of, statement_link


class NoAddress(Refused):
    """A statement goes to the address on record."""

    code = "no_address"
    message = "No e-mail address is on record. Print the statement, or add the address to the partner first."


class NotForTheDead(Refused):
    """Mail to who has died goes to nobody knows whom."""

    code = "partner_has_died"
    message = "This partner has died. Ask the family to whom the statement is to go, and print it."


class NoFile(Refused):
    """What was not made cannot be sent."""

    code = "no_statement_file"
    message = "The file of this statement is not made yet, or names what may not be told any more. Ask finance."


class Replaced(Refused):
    """Only the newest version of a statement is true."""

    code = "statement_replaced"
    message = "A newer version takes the place of this statement. Open the page again and send that one."


@transaction.atomic
def send_statement(*, agency: Agency, actor: User, issue: StatementIssue, key: str = "") -> OutgoingMessage:
    """Queue a mail with a link to the statement, good for two weeks. With the same `key` it is queued, and written
    down, once. Raises NoAddress, NotForTheDead, NoFile, Replaced, and what `once` raises.
    """
    if not key:
        return queue_statement(agency, actor, issue)
    made = once(
        agency=agency,
        endpoint="send_statement",
        key=key,
        content=[issue.pk],
        effect=lambda: {"message": queue_statement(agency, actor, issue).pk},
    )
    found: OutgoingMessage = OutgoingMessage.objects.get(pk=made["message"])
    return found


def queue_statement(agency: Agency, actor: User, issue: StatementIssue) -> OutgoingMessage:
    """Queue the mail and write down who sent it. Raises as `send_statement`."""
    partner = issue.giving_unit.partner
    if partner is None:
        raise NoAddress
    if partner.deceased_on is not None:
        raise NotForTheDead
    address = address_on_record(partner)
    if not address:
        raise NoAddress
    if not may_be_sent(issue):
        raise NoFile
    if issue.replaced_by.exists():
        raise Replaced
    facts = {
        "agency": agency.name,
        "year": issue.year,
        "name": partner.salutation(),
        "link": statement_link(agency.pk, issue.pk, address),
        "days": GOOD_FOR.days,
    }
    made = outbox.queue(
        to=address,
        subject=_("Your giving statement of %(year)s from %(agency)s") % facts,
        text=_(
            "Dear %(name)s,\n\nyou asked for your giving statement of %(year)s again. Here it is:\n\n%(link)s\n\n"
            "The link holds for %(days)s days and is for you alone.\n\n%(agency)s\n"
        )
        % facts,
        purpose=OutgoingMessage.Purpose.STATEMENT,
        reference_kind="reports.statement",
        reference_id=issue.pk,
    )
    changes = {"to": masked(address, Mask.EMAIL)}
    audit.record(actor=actor, verb="send statement", of=issue, label=f"statement {issue.label}", changes=changes)
    return made


def still_holds(issue: StatementIssue, sent_to: str) -> bool:
    """Whether a link in a mail to this address (see `sign_of`) opens the statement still: what would be sent today, to
    whom it would be sent today. It ends with the giver, with the address, and with a newer version. Five queries.
    """
    partner = issue.giving_unit.partner
    if partner is None or partner.deceased_on is not None or issue.replaced_by.exists():
        return False
    address = address_on_record(partner)
    return bool(address) and constant_time_compare(sign_of(address), sent_to) and may_be_sent(issue)


def may_be_sent(issue: StatementIssue) -> bool:
    """Whether the PDF is kept and names nothing that was closed since. Two queries."""
    return StatementFile.objects.filter(issue=issue).exists() and not tells_closed(issue.content, public_names())
