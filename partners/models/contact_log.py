"""What was talked over with partners: the log of contacts. It says what is done; what is still to do is a follow-up."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from partners.models.holder import is_held
from ssu.models import Unit
from ssu.models.discretion import Discretion, masked_for, shown_unit_name, yes


class Channel(models.TextChoices):
    """How people are in touch, in the log and in what is planned."""

    CALL = "call", _("phone call")
    VIDEO = "video", _("video call")
    VISIT = "visit", _("visit")
    MEETING = "meeting", _("meeting")
    EMAIL = "email", _("e-mail")
    MESSAGE = "message", _("short message")
    LETTER = "letter", _("letter")


class Contacts(OwnedQuerySet["Contact"]):
    """Words for the log."""

    def seen_by(self, seat: Seat) -> "Contacts":
        """Those that the seat may know of: all, or those for a unit in which it leads or holds the partner. What the
        office had stands there for everybody who may know the partner more than by name, without its note.
        """
        units = seat.unit_ids("partners.contact")
        if units is None:
            return self
        return self.filter(Q(unit=None) | Q(unit__in=units) | is_held(seat, "partner", "unit"))

    def standing(self) -> "Contacts":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def noted_for(self, seat: Seat) -> "Contacts":
        """Each with `unit_name`, `shown_note`, and `is_kept`: there is a note that this seat may not read. Kept is the
        note of another that is for its writer alone, that of the office from the field, and any of a unit that is
        closed to the seat.
        """
        closed = masked_for("unit", seat, Discretion.CLOSED)
        own = Q(note_for=Contact.NoteFor.WRITER) & ~Q(by=seat.user_id)
        office = Q(pk__in=[]) if seat.unit_ids("partners.note") is None else Q(unit=None)
        kept = (closed | own | office) & ~Q(by=seat.user_id)
        return self.annotate(
            unit_name=shown_unit_name("unit", seat),
            shown_note=Case(When(kept, then=Value("")), default=F("note"), output_field=models.TextField()),
            is_kept=yes(kept & ~Q(note="")),
        )


class Contact(AgencyOwned):
    """Somebody was in touch with a partner. Corrected by withdrawing it with a reason and logging it anew."""

    class Outcome(models.TextChoices):
        TALKED = "talked", _("talked")
        THANKED = "thanked", _("said thanks")
        NO_ANSWER = "no_answer", _("not reached")
        LEFT_WORD = "left_word", _("left a message")
        APPOINTMENT = "appointment", _("agreed to meet")
        CONSIDERS = "considers", _("thinks about it")
        PROMISED = "promised", _("promised to give")
        PRAYS = "prays", _("promised to pray")
        DECLINED = "declined", _("said no")
        STOP = "stop", _("asked us to stop")

    class NoteFor(models.TextChoices):
        CARERS = "carers", _("who cares for this partner")
        WRITER = "writer", _("only me")

    partner = OwnedKey("partners.Partner", related_name="contacts", db_index=False)
    unit = OwnedKey(Unit, null=True, related_name="+", db_index=False, help_text="none: in the name of the office")
    channel = models.CharField(max_length=8, choices=Channel)
    outcome = models.CharField(max_length=12, choices=Outcome)
    happened_on = models.DateField()
    note = models.TextField(blank=True)
    note_for = models.CharField(max_length=7, choices=NoteFor, default=NoteFor.CARERS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    logged_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Contacts)()

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "partner", "-happened_on", "-id"],
                condition=Q(withdrawn_at=None),
                name="contact_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.happened_on}"
