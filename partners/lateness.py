"""How late a promise is, in the five steps that are told of it."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bucket(models.TextChoices):
    """Days since the first payment that is not paid: 0, up to 30, 31 to 60, 61 to 90, more."""

    ON_TIME = "on_time", _("on time")
    LATE_30 = "late_30", _("late up to 30 days")
    LATE_60 = "late_60", _("late 31–60 days")
    LATE_90 = "late_90", _("late 61–90 days")
    LATE_MORE = "late_more", _("late over 90 days")
    TO_COME = "to_come", _("not begun yet")
    ENDED = "ended", _("ended")


STEPS: Final = ((90, Bucket.LATE_MORE), (60, Bucket.LATE_90), (30, Bucket.LATE_60), (0, Bucket.LATE_30))
LIKELY: Final = 30
"""A promise that is no more days late than these is likely to be kept."""


def bucket_of(days: int, *, ended: bool = False, begun: bool = True) -> Bucket:
    """The step of so many days."""
    if ended:
        return Bucket.ENDED
    if not begun:
        return Bucket.TO_COME
    return next((bucket for above, bucket in STEPS if days > above), Bucket.ON_TIME)
