"""Waves whose day for replies is over."""

from collections import Counter
from typing import Any

from agencies.models import Agency
from transition.models import Kind, Shift, Wave
from transition.states import state_on


def replies_due(agency: Agency) -> list[tuple[Any, int]]:
    """The open waves whose day for replies is over, each with how many commitments were told of it and did not reply.
    Three queries, whatever the number of waves.
    """
    today = agency.today()
    waves = Wave.objects.filter(opened_on__isnull=False, closed_on=None, reply_by__lt=today, plan__ended_at=None)
    found = list(waves.select_related("plan__unit").order_by("pk"))
    shifts = Shift.objects.filter(wave__in=[each.pk for each in found]).prefetch_related("acts")
    waiting = Counter(each.wave_id for each in shifts if state_on(each.acts.all(), today) == Kind.NOTICED)
    return [(wave, waiting[wave.pk]) for wave in found if waiting[wave.pk]]
