"""Making the statements of a year in the background."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class StatementRun(AgencyOwned):
    """All statements of one year, made in parts side by side and then bundled. Its state is that of its jobs."""

    year = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField(help_text="giving units that get a statement")
    skipped = models.JSONField(default=dict, help_text="giving units without one, by reason, when it was started")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    started_at = models.DateTimeField(default=timezone.now)
    bundle_job = OwnedKey("jobs.Job", null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="statement_run_newest")]

    def __str__(self) -> str:
        return f"{self.year}"


class StatementPart(AgencyOwned):
    """Every nth giving unit of a run, by its id, with one job. `after` is the last one done: a worker that takes over
    goes on behind it.
    """

    run = OwnedKey(StatementRun, related_name="parts", db_index=False)
    place = models.PositiveSmallIntegerField(help_text="remainder of the giving unit's id, from 0")
    of = models.PositiveSmallIntegerField(help_text="number of parts")
    job = OwnedKey("jobs.Job", null=True, related_name="+", db_index=False)
    after = models.BigIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    replaced = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failures = models.JSONField(default=list, help_text="pairs of giving unit id and reason")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "run", "place"], name="one_part_per_place"),
            models.CheckConstraint(condition=models.Q(place__lt=models.F("of")), name="part_has_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place + 1} of {self.of}"

    @property
    def done(self) -> int:
        """Giving units looked after so far."""
        return self.issued + self.replaced + self.unchanged + len(self.failures)
