"""What a partner chooses on the preferences page. Less is done at once; more may need a confirmation by mail.

The page opens for whoever holds a letter, and a letter is passed on and lies around. So a letter always lets its holder
take letters off, but brings more on its own only while it is new, and never against what the partner said before.
Otherwise a mail goes to the address on record, and the wish holds when its reader confirms it (double opt-in).
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from agencies.models import Agency
from communications.consent_links import TO_CONFIRM, Wish, confirmation_link, mark_of
from communications.models import Basis, Channel, Purpose
from communications.models.consent import LETTERS
from communications.operations.consent import add_entry, follow
from communications.operations.sending import sender_of
from communications.queries.audience import is_writable
from communications.queries.consent import address_on_record, gets, newest_entry, standing_of
from core.errors import Refused
from delivery.models import OutgoingMessage
from delivery.operations import queue
from delivery.queries import is_suppressed
from partners.models import Partner

SOURCE = "preferences page"
CONFIRMED = "preferences page, confirmed by e-mail"
KIND = "communications.confirmation"
"""What the outbox calls the mails that ask for a confirmation, with the number of the partner."""
NOTICE = OutgoingMessage.Purpose.NOTICE
MOST_WAITING = 3
"""Whoever holds a letter can make us write: while so many mails wait for an answer, none is added."""


class Outcome(TextChoices):
    """What became of a choice."""

    SAVED = "saved"
    ASKED = "asked"
    UNREACHABLE = "unreachable"


class WishIsVoid(Refused):
    """A wish holds for what stood when it was made."""

    code = "confirmation_void"
    status = 410
    message = (
        "This link was used already, is older than a week, or your choice was changed after it was sent. "
        "Nothing was changed now. The link at the foot of a letter leads to the page on which you choose."
    )


@transaction.atomic
def choose_purposes(*, agency: Agency, partner: Partner, chosen: Collection[str], is_fresh: bool) -> Outcome:
    """Objection to what is not ticked, at once, by e-mail; consent to what is, if the letter is fresh and the partner
    has not objected before. Any other tick asks for a confirmation by mail. What stands already is not repeated.
    Ticking nothing closes the address at once.
    """
    Partner.objects.select_for_update().get(pk=partner.pk)
    entries, received = standing_of(partner), gets(partner)
    agreed, waiting = [], []
    for purpose in LETTERS:
        entry = entries.get((Channel.EMAIL, purpose))
        basis = entry.basis if entry else ""
        if purpose not in chosen:
            if basis != Basis.OBJECTION:
                write(agency, partner, purpose, Basis.OBJECTION, SOURCE)
        elif basis == Basis.CONSENT or (purpose in received and not is_fresh):
            continue
        elif is_fresh and basis != Basis.OBJECTION:
            agreed.append(write(agency, partner, purpose, Basis.CONSENT, SOURCE))
        else:
            waiting.append(purpose.value)
    follow(None, partner, may_open=bool(agreed))
    return ask_to_confirm(agency, partner, waiting) if waiting else Outcome.SAVED


def ask_to_confirm(agency: Agency, partner: Partner, purposes: Collection[str]) -> Outcome:
    """Write to the address on record, unless enough mails wait there already, or none may go there."""
    address = address_on_record(partner)
    if partner.deceased_on or not is_writable(address) or is_suppressed(address, NOTICE):
        return Outcome.UNREACHABLE
    since = timezone.now() - TO_CONFIRM
    asked = OutgoingMessage.objects.filter(reference_kind=KIND, reference_id=partner.pk, created_at__gte=since)
    if asked.count() < MOST_WAITING:
        mark = mark_of(agency.pk, address)
        link = confirmation_link(agency.pk, partner.pk, purposes, mark, newest_entry(partner))
        queue(
            to=address,
            subject=_("Please confirm: letters from %(agency)s") % {"agency": agency.name},
            text=render_to_string("email/confirm_preferences.txt", words(agency, purposes, link)),
            purpose=NOTICE,
            reference_kind=KIND,
            reference_id=partner.pk,
            sender=sender_of(agency),
        )
    return Outcome.ASKED


def words(agency: Agency, purposes: Iterable[str], link: str) -> dict[str, object]:
    """What the mail says. It names no partner: the address may be somebody else's by now."""
    wished = [str(Purpose(purpose).label) for purpose in purposes]
    return {"agency": agency.name, "wished": wished, "link": link, "days": TO_CONFIRM.days}


def check_wish(agency: Agency, partner: Partner, wish: Wish) -> None:
    """Raise WishIsVoid unless all is as it was when the mail was written."""
    address = address_on_record(partner)
    is_theirs = bool(address) and constant_time_compare(mark_of(agency.pk, address), wish.address)
    if not is_theirs or newest_entry(partner) != wish.after:
        raise WishIsVoid


@transaction.atomic
def confirm_wish(*, agency: Agency, partner: Partner, wish: Wish) -> None:
    """The reader of the mail confirmed: consent to what was wished, and the address is open. Raises WishIsVoid."""
    Partner.objects.select_for_update().get(pk=partner.pk)
    check_wish(agency, partner, wish)
    for purpose in wish.purposes:
        write(agency, partner, purpose, Basis.CONSENT, CONFIRMED)
    follow(None, partner)


def write(agency: Agency, partner: Partner, purpose: str, basis: Basis, source: str) -> object:
    """One entry for mail, in the words of the page."""
    said = wording(agency, purpose, agreed=basis == Basis.CONSENT)
    return add_entry(agency, None, partner, Channel.EMAIL, purpose, basis, said, source, agency.today())


def wording(agency: Agency, purpose: str, *, agreed: bool) -> str:
    """What the page said beside the box."""
    said = f"{agency.name} may write to me by e-mail: {Purpose(purpose).label}"
    return said if agreed else f"Not ticked: {said}"
