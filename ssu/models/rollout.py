"""The six steps of one unit: items, what was done to each, the evidence, and the declaration at the end."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned
from agencies.models.owned import OwnedQuerySet
from agencies.seats import Seat
from ssu import steps
from ssu.models.discretion import is_withheld, shown_unit_name
from ssu.models.units import Unit

if TYPE_CHECKING:
    BaseItems = OwnedQuerySet["ActionItem"]
    BaseRollOuts = OwnedQuerySet["RollOut"]
else:
    BaseItems = BaseRollOuts = OwnedQuerySet


class State(models.TextChoices):
    """Where an action item stands."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    READY = "ready", _("Ready to confirm")
    COMPLETED = "completed", _("Completed")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


SETTLED = (State.COMPLETED, State.NOT_APPLICABLE)


class Items(BaseItems):
    """Words for asking about action items."""

    def seen_by(self, seat: Seat) -> "Items":
        """The items whose roll-out this seat may see, with the unit's `unit_name` as the seat may know it and
        `is_withheld`.
        """
        reached = seat.unit_ids("rollout.view")
        mine = self if reached is None else self.filter(unit__in=reached)
        return mine.annotate(unit_name=shown_unit_name("unit", seat), is_withheld=is_withheld("unit", seat))

    def in_order(self) -> "Items":
        return self.order_by("unit_id", "step", "position", "pk")


class ActionItem(AgencyOwned):
    """One of the eleven action items of a unit (key "5.2" is the second of step 5), or one that the agency added (with
    own wording).

    `state` and the claim and confirmation that stand are what the item's events add up to; operations write both in one
    transaction, holding the row's lock. `ssu.queries.states_that_differ` proves it.
    """

    unit = OwnedKey(Unit, related_name="items", db_index=False)
    key = models.CharField(max_length=12)
    step = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    own_wording = models.CharField(max_length=200, blank=True)
    own_item = OwnedKey("ssu.OwnItem", null=True, blank=True, related_name="items", db_index=False)
    state = models.CharField(max_length=14, choices=State, default=State.NOT_STARTED)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why it is not applicable, or why it was opened again")
    due_on = models.DateField(null=True, blank=True)
    assignee = OwnedKey("ssu.Worker", null=True, blank=True, related_name="+", db_index=False)
    last_activity_at = models.DateTimeField(null=True, help_text="when its last event was written, if ever")

    objects: ClassVar[Any] = Owned.from_queryset(Items)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "unit", "key"], name="one_item_per_key"),
            models.CheckConstraint(condition=Q(step__range=(1, 6)), name="item_in_one_of_six_steps"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="item_state_known"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("claimed_by")), name="nobody_confirms_own_claim"
            ),
            models.CheckConstraint(
                condition=(Q(state="completed") & Q(confirmed_by__isnull=False) & Q(claimed_by__isnull=False))
                | (~Q(state="completed") & Q(confirmed_by=None)),
                name="completed_means_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, state__in=["not_started", "in_progress", "not_applicable"])
                | Q(claimed_by__isnull=False, state__in=["ready", "completed"]),
                name="ready_means_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_applicable") | ~Q(reason=""), name="not_applicable_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"], name="item_by_state")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.key}"

    @property
    def number(self) -> str:
        """What people read in the place of the key."""
        return steps.shown_number(self.key, self.step)

    @property
    def wording(self) -> str:
        """The words of the six steps, or the agency's own, which are free text: pages show `shown_wording`."""
        return self.own_wording or steps.wording(self.key)

    @property
    def shown_wording(self) -> str:
        """The words as the seat may read them by which the item was `seen_by`: the agency's own may name a unit that
        was closed later, so they are kept back while it is closed to the seat.
        """
        return self.unnamed_wording if self.is_withheld else self.wording  # type: ignore[attr-defined]

    @property
    def unnamed_wording(self) -> str:
        """The words of the six steps; of an item of the agency's own only that there is one. Anybody may read them."""
        if self.own_wording:
            return say("An item of your agency in step %(step)s") % {"step": self.step}
        return self.wording


class ItemEvent(AgencyOwned):
    """One thing that was done to an item. Append-only: an undo is a row of its own."""

    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        CLAIMED = "claimed", _("Claimed")
        CONFIRMED = "confirmed", _("Confirmed")
        UNDONE = "undone", _("Undone")
        NOT_APPLICABLE = "not_applicable", _("Set as not applicable")
        REOPENED = "reopened", _("Opened again")
        EVIDENCE_ADDED = "evidence_added", _("Evidence added")
        EVIDENCE_REMOVED = "evidence_removed", _("Evidence removed")
        CLAIM_RESTORED = "claim_restored", _("Claim stands again")
        CONFIRM_RESTORED = "confirm_restored", _("Confirmation stands again")

    item = OwnedKey(ActionItem, related_name="events", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="not_applicable") | ~Q(reason=""), name="event_not_applicable_has_a_reason"
            )
        ]
        indexes = [models.Index(fields=["agency", "item", "id"], name="events_of_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.kind}"


def evidence_path(evidence: "Evidence", name: str) -> str:
    """Where an evidence file lies: a random name, so that neither path nor listing tells what it is."""
    from secrets import token_hex

    return f"evidence/{evidence.agency_id}/{token_hex(16)}"


class Evidence(AgencyOwned):
    """What shows that an item is done: an object of the app, a file, a link or a note. Removed evidence keeps its
    row.
    """

    class Kind(models.TextChoices):
        OBJECT = "object", _("From the app")
        FILE = "file", _("File")
        LINK = "link", _("Link")
        NOTE = "note", _("Note")

    item = OwnedKey(ActionItem, related_name="evidence", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True, help_text="the note")
    url = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to=evidence_path, blank=True, max_length=120)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(null=True, help_text="bytes")
    object_kind = models.CharField(max_length=40, blank=True, help_text="key of the resolver registry")
    object_id = models.BigIntegerField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="object") & ~Q(object_kind="") & Q(object_id__isnull=False))
                | (Q(kind="file") & ~Q(file="") & Q(size__isnull=False))
                | (Q(kind="link") & ~Q(url=""))
                | (Q(kind="note") & ~Q(text="")),
                name="evidence_holds_what_its_kind_says",
            )
        ]
        indexes = [
            models.Index(fields=["agency", "item"], name="evidence_of_item"),
            models.Index(
                fields=["agency", "object_kind", "object_id"], condition=Q(kind="object"), name="evidence_by_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RollOuts(BaseRollOuts):
    """Words for asking about declarations."""

    def standing(self) -> "RollOuts":
        """Those that nobody has taken back: at most one of a unit."""
        return self.filter(taken_back_at=None)


class RollOut(AgencyOwned):
    """The declaration that a unit's roll-out is complete: a separate act with name and day. Later changes of items do
    not take it back; a person does, with a reason. Its row stays, and a later declaration is a row of its own.
    """

    unit = OwnedKey(Unit, related_name="rollouts", db_index=False)
    declared_on = models.DateField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    declared_at = models.DateTimeField(default=timezone.now)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.TextField(blank=True)

    objects: ClassVar[Any] = Owned.from_queryset(RollOuts)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit"], condition=Q(taken_back_at=None), name="one_declaration_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="declaration_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.declared_on}"
