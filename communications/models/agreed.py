"""What core messages and guidelines have in common: versions that one person writes and another agrees to."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Owned
from agencies.models.drafts import Drafted
from agencies.models.owned import OwnedQuerySet
from agencies.models.written import Written, no_writer_approves

if TYPE_CHECKING:
    BaseWords = OwnedQuerySet[Any]
else:
    BaseWords = OwnedQuerySet


class Words(BaseWords):
    """Asking about versions."""

    def agreed(self) -> "Words":
        """Versions that somebody agreed to, also those that a newer one has replaced."""
        return self.filter(approved_at__isnull=False)

    def standing(self) -> "Words":
        """Of each unit the version that counts: agreed to, and not replaced."""
        return self.filter(approved_at__isnull=False, superseded_at=None)

    def open(self) -> "Words":
        """Versions still on their way: drafts, and what waits for somebody's agreement."""
        return self.filter(approved_at=None, superseded_at=None)


class AgreedWords(Written, Drafted):
    """A version: a draft that is saved while it is written; then submitted, and its words never change again; agreed to
    by somebody who wrote none of it; replaced by the next. Sent back, it is a draft once more.
    """

    AUTHORS: ClassVar[tuple[str, ...]] = ("author_id", "edited_by_id")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        SUPERSEDED = "superseded", _("Replaced")

    version = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True, help_text=_("what to change before it is submitted again"))

    objects: ClassVar[Any] = Owned.from_queryset(Words)()

    class Meta:
        abstract = True

    @property
    def state(self) -> "AgreedWords.State":
        """How far this version is."""
        if self.superseded_at is not None:
            return self.State.SUPERSEDED
        if self.approved_at is not None:
            return self.State.APPROVED
        return self.State.DRAFT if self.submitted_at is None else self.State.SUBMITTED


def rules(name: str) -> list[models.BaseConstraint]:
    """What the database holds for a kind of versions; `name` begins the names of its constraints."""
    own = Q(approved_by=None) | Q(author=None) | ~Q(approved_by=F("author"))
    return [
        models.UniqueConstraint(fields=["agency", "unit", "version"], name=f"{name}_version"),
        models.CheckConstraint(condition=own, name=f"{name}_approved_by_another"),
        no_writer_approves(name),
        models.CheckConstraint(
            condition=Q(approved_at=None) | Q(submitted_at__isnull=False), name=f"{name}_approved_when_submitted"
        ),
        models.UniqueConstraint(
            fields=["agency", "unit"],
            condition=Q(submitted_at=None, superseded_at=None),
            name=f"{name}_one_draft",
        ),
        models.UniqueConstraint(
            fields=["agency", "unit"],
            condition=Q(approved_at__isnull=False, superseded_at=None),
            name=f"{name}_one_counts",
        ),
    ]
