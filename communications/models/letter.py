"""A unit's letter to its partners, and what became of it for each of them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned
from agencies.models.owned import OwnedQuerySet
from agencies.models.written import Written
from agencies.seats import Seat
from communications.models.consent import LETTERS, Basis
from communications.models.core_message import CoreMessage
from ssu.queries import shown_unit_name

if TYPE_CHECKING:
    BaseLetters = OwnedQuerySet["Letter"]
else:
    BaseLetters = OwnedQuerySet


class Letters(BaseLetters):
    """Words for lists of letters."""

    def seen_by(self, seat: Seat) -> "Letters":
        """Letters of the units that this seat reaches, each with `unit_name` as the seat may know it, newest first."""
        units = seat.unit_ids("letters.view")
        reached = self if units is None else self.filter(unit__in=units)
        return reached.select_related("unit").annotate(unit_name=shown_unit_name("unit", seat)).order_by("-pk")


class Letter(Written, AgencyOwned):
    """Words for all partners of a unit, sent by e-mail. Once approved they stand; a change takes the approval back.

    `audience` is {"include_anyway": [partner ids]}: those of the unit's partners whom a person put in where the law
    leaves it open. Who the partners are, and why some get nothing, is asked anew each time until the letter is sent.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Cancelled")

    EDITABLE: ClassVar[frozenset[str]] = frozenset({"draft", "approved"})

    unit = OwnedKey("ssu.Unit", related_name="letters", db_index=False)
    subject = models.CharField(max_length=200)
    body = models.TextField(help_text=_("paragraphs, with the marks and fields that the page explains"))
    purpose = models.CharField(max_length=7, choices=[(each.value, each.label) for each in LETTERS])
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    audience = models.JSONField(default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0, help_text="how often its words were changed")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    series = models.CharField(
        max_length=40, blank=True, help_text="the series that it is one of: nobody gets two letters of a series"
    )
    core_message = OwnedKey(CoreMessage, null=True, related_name="+", db_index=False, help_text="whose words it says")
    tells_impact = models.BooleanField(default=False, help_text="it tells its readers what came of their gifts")
    job = OwnedKey("jobs.Job", null=True, related_name="+", db_index=False, help_text="the job that sends it")
    send_at = models.DateTimeField(null=True, help_text="when it goes out by itself; until then its job waits")
    sent_at = models.DateTimeField(null=True, help_text="when the last message was put into the outbox")

    objects: ClassVar[Any] = Owned.from_queryset(Letters)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=[each.value for each in LETTERS]), name="letter_purpose"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sending", "sent"]) | Q(approved_at__isnull=False),
                name="letter_goes_out_approved",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="letter_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(send_at=None) | Q(state="approved", job__isnull=False), name="letter_at_a_time_is_approved"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="letter_newest"),
            models.Index(fields=["agency", "unit"], name="letter_by_unit"),
            models.Index(fields=["agency", "job"], condition=Q(job__isnull=False), name="letter_by_job"),
            models.Index(fields=["agency", "series"], condition=~Q(series=""), name="letter_by_series"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def include_anyway(self) -> frozenset[int]:
        """Partners whom a person put in."""
        return frozenset(self.audience.get("include_anyway", ()))


class Exclusion(models.TextChoices):
    """Why a partner of the unit gets no letter. The first that holds is told."""

    DECEASED = "deceased", _("Has died")
    TALK_FIRST = "talk_first", _("Somebody talks to them first")
    TOLD = "told", _("Was told already, or has a letter about it")
    OBJECTED = "objected", _("Objected or unsubscribed")
    NO_EMAIL = "no_email", _("No e-mail address")
    NOT_VALID = "not_valid", _("The e-mail address does not work")
    SUPPRESSED = "suppressed", _("The address is closed: unsubscribed, bounced or reported as spam")
    NO_BASIS = "no_basis", _("No consent on record")
    LAPSED = "lapsed", _("Last gift too long ago")
    SPONSOR = "sponsor", _("Sponsor of donor-advised funds")
    LANGUAGE = "language", _("Reads another language")
    SAME_ADDRESS = "same_address", _("Already in this letter under the same address")


OPEN_TO_JUDGMENT = frozenset({Exclusion.LAPSED.value, Exclusion.SPONSOR.value, Exclusion.LANGUAGE.value})
"""What a person may set aside. Death, objection, a closed address and a missing ground in law are never among them."""


class LetterMessage(AgencyOwned):
    """What a letter was for one partner: a message in the outbox, or the reason why there is none.

    The row is written before its message, in one transaction, and is unique: nobody gets a letter twice, however
    often the job runs. What became of the message is asked of the outbox, never copied.
    """

    letter = OwnedKey(Letter, related_name="messages", db_index=False)
    partner = OwnedKey("partners.Partner", related_name="letter_messages", db_index=False)
    outgoing = OwnedKey(
        "delivery.OutgoingMessage", null=True, related_name="+", db_index=False, help_text="the message in the outbox"
    )
    address_hash = models.CharField(max_length=64, blank=True, help_text="no address gets a letter twice either")
    basis = models.CharField(max_length=19, choices=Basis, blank=True, help_text="the ground on which it was sent")
    excluded = models.CharField(max_length=12, choices=Exclusion, blank=True)
    included_anyway = models.BooleanField(default=False)
    series = models.CharField(max_length=40, blank=True, help_text="that of the letter")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "letter", "partner"], name="one_letter_per_partner"),
            models.UniqueConstraint(
                fields=["agency", "letter", "address_hash"],
                condition=~Q(address_hash=""),
                name="one_letter_per_address",
            ),
            models.UniqueConstraint(
                fields=["agency", "series", "partner"],
                condition=~Q(series="") & Q(excluded=""),
                name="one_letter_of_a_series",
            ),
            models.CheckConstraint(
                condition=Q(excluded="") | Q(outgoing=None, address_hash="", basis=""), name="excluded_gets_nothing"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "letter", "excluded", "id"], name="messages_of_letter"),
            models.Index(fields=["agency", "outgoing"], condition=Q(outgoing__isnull=False), name="by_outgoing"),
            models.Index(fields=["agency", "partner"], name="letters_to_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} to {self.partner_id}"
