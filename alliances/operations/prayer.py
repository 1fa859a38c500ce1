"""Praying together: how, when, and for what."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from alliances.models import Alliance, Member, PrayerRequest, PrayerStrategy, Rhythm
from core.errors import Refused


class NotOpen(Refused):
    """A request is answered or closed once."""

    code = "not_open"
    message = "This request has been answered or closed already."


@transaction.atomic
def adopt_strategy(*, alliance: Alliance, actor: User | None, text: str) -> PrayerStrategy:
    """Set down how the alliance prays, as a further version; the earlier ones stay readable."""
    number = (PrayerStrategy.objects.aggregate(top=Max("number"))["top"] or 0) + 1
    strategy: PrayerStrategy = PrayerStrategy.objects.create(number=number, text=text, adopted_by=actor)
    audit.record(actor=actor, verb="adopt prayer strategy", of=strategy, label=str(number))
    return strategy


@transaction.atomic
def begin_rhythm(
    *,
    alliance: Alliance,
    actor: User | None,
    title: str,
    recurrence: str,
    when: str,
    how: str = "",
    host: Member | None = None,
) -> Rhythm:
    """Agree on a recurring time to pray."""
    rhythm: Rhythm = Rhythm.objects.create(title=title, recurrence=recurrence, when=when, how=how, host=host)
    audit.record(actor=actor, verb="begin prayer rhythm", of=rhythm, label=title)
    return rhythm


@transaction.atomic
def end_rhythm(*, alliance: Alliance, actor: User | None, rhythm: Rhythm) -> None:
    """Let a rhythm end today."""
    rhythm.ended_at = timezone.now()
    rhythm.save(update_fields=["ended_at"])
    audit.record(actor=actor, verb="end prayer rhythm", of=rhythm, label=rhythm.title)


@transaction.atomic
def ask_prayer(
    *,
    alliance: Alliance,
    actor: User,
    member: Member | None,
    title: str,
    text: str = "",
    audience: str = PrayerRequest.Audience.ALLIANCE,
    expires_on: date | None = None,
) -> PrayerRequest:
    """Name something to pray for, for a member or, with None, for the backbone.
    The audit entry does not repeat what it is.
    """
    request: PrayerRequest = PrayerRequest.objects.create(
        member=member, asked_by=actor, title=title, text=text, audience=audience, expires_on=expires_on
    )
    audit.record(actor=actor, verb="ask for prayer", of=request)
    return request


@transaction.atomic
def answer_prayer(*, alliance: Alliance, actor: User, request: PrayerRequest, answer: str) -> PrayerRequest:
    """Tell how a request was answered. Raises NotOpen."""
    mark_open(request)
    request.answer, request.answered_at = answer, timezone.now()
    request.save(update_fields=["answer", "answered_at"])
    audit.record(actor=actor, verb="tell answered prayer", of=request)
    return request


@transaction.atomic
def close_prayer(*, alliance: Alliance, actor: User, request: PrayerRequest) -> PrayerRequest:
    """Take a request off the list without an answer. Raises NotOpen."""
    mark_open(request)
    request.closed_at = timezone.now()
    request.save(update_fields=["closed_at"])
    audit.record(actor=actor, verb="close prayer request", of=request)
    return request


def mark_open(request: PrayerRequest) -> None:
    """Refuse a request that is answered or closed already."""
    if request.answered_at is not None or request.closed_at is not None:
        raise NotOpen
