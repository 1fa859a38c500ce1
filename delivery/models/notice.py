"""What a person is told inside the workspace."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import AgencyOwned


class Notice(AgencyOwned):
    """A sentence for one person with a way to where it leads.

    `text` may hold the mark of `delivery.naming`, which stands for the name of the thing that `named_kind` and
    `named_id` say: it is filled in when the sentence is read or mailed, by the name that may be told then. A notice for
    neither bell nor mail (its person chose so) only remembers, by `key`, that this was told.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60, help_text="what happened, as a stable word")
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True, help_text="a path in this workspace")
    named_kind = models.CharField(max_length=60, blank=True)
    named_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=80, blank=True, help_text="told to a person once only")
    in_app = models.BooleanField(default=True)
    to_mail = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "user", "-id"], name="notice_newest"),
            models.Index(fields=["agency", "user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["agency", "user"], condition=Q(to_mail=True, mailed_at=None), name="notice_waits_for_mail"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "user", "key"], condition=~Q(key=""), name="notice_told_once")
        ]

    def __str__(self) -> str:
        return self.text
