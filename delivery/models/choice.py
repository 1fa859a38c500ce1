"""What a person wants to be told, and how."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import AgencyOwned


class NoticeChoice(AgencyOwned):
    """How one person wants to hear of one kind of matter in this agency. Without a row the kind's defaults hold."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    in_app = models.BooleanField()
    email = models.BooleanField()
    task = models.BooleanField()
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "user", "kind"], name="one_choice_per_person_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"


class MailHour(AgencyOwned):
    """The hour at which a person gets the notices of a day in one mail, on the clock of `time_zone`. Without a row the
    hour is 7 on the agency's clock.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    hour = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "user"], name="one_mail_hour_per_person"),
            models.CheckConstraint(condition=Q(hour__range=(0, 23)), name="mail_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.hour}"
