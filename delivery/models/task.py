"""What a person is asked to do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import AgencyOwned


class Task(AgencyOwned):
    """A to-do of one person, with a day or without. One matter (`about`) is one open task of a person; what settles the
    matter settles the task, and then nobody is named in `done_by`.

    `text` may hold a name to be filled in, as in a notice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60, help_text="why it is asked, as a stable word")
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True, help_text="a path in this workspace")
    named_kind = models.CharField(max_length=60, blank=True)
    named_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=80, blank=True, help_text="the matter, as the app that asks calls it")
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "user", "due_on"], condition=Q(done_at=None), name="task_open"),
            models.Index(fields=["agency", "about"], condition=Q(done_at=None), name="task_by_matter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "user", "about"],
                condition=Q(done_at=None) & ~Q(about=""),
                name="one_open_task_per_matter",
            ),
            models.CheckConstraint(condition=Q(done_by=None) | Q(done_at__isnull=False), name="task_done_has_a_moment"),
        ]

    def __str__(self) -> str:
        return self.text
