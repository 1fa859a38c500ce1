"""Work done in the background, what it said on the way, and the files it kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import Shared


class Job(Shared):
    """A piece of background work. The row is the truth; a Celery message is only a nudge (trust rule T9).

    A worker that runs it holds a lease and renews it. When the lease runs out another worker may take over:
    `attempts` then counts up and tells the two apart, so that the one that lost it writes nothing more.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    ENDED: ClassVar[frozenset[str]] = frozenset({"done", "failed", "cancelled"})

    member_id = models.BigIntegerField(null=True, editable=False, help_text="the alliance member in whose name it runs")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    message = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True, help_text="when the sweep last sent a message for it")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(
        max_length=400, blank=True, help_text="one sentence for people; the traceback is in the server's log"
    )
    result = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-id"], name="job_newest"),
            models.Index(fields=["agency", "actor", "-id"], name="job_newest_of_actor"),
            models.Index(fields=["id"], condition=models.Q(state__in=["queued", "running"]), name="job_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running", "done", "failed", "cancelled"]), name="job_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state="running", lease_until__isnull=False)
                | (~models.Q(state="running") & models.Q(lease_until=None)),
                name="job_lease_while_running",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_ended(self) -> bool:
        return self.state in self.ENDED


class JobLog(Shared):
    """One line that a job said, for the people who read its page: no traceback, no secret."""

    job = OwnedKey(Job, models.CASCADE, related_name="lines")
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class StoredFile(Shared):
    """A file that is kept: an upload, or what a job made. Its name on disk is random; it is served only after a check
    of rights.
    """

    job = OwnedKey(Job, null=True, related_name="files")
    name = models.CharField(max_length=200, help_text="what the person who downloads it sees")
    content_type = models.CharField(max_length=100, default="application/octet-stream")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100, help_text="in the default storage")
    purpose = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "job", "name"],
                condition=models.Q(job__isnull=False),
                name="one_file_per_name_of_a_job",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ScheduledRun(models.Model):
    """A schedule entry that fired: one row per entry and period, so that it fires once however many beats are
    ticking.
    """

    scope: ClassVar[str] = "global"

    name = models.CharField(max_length=60)
    period = models.DateTimeField(help_text="the moment it was due")
    fired_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "period"], name="fires_once_per_period")]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"
