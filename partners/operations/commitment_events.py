"""What happened with commitments: found by the clock in one statement, each thing once, and told."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency
from delivery.models import Task
from delivery.naming import NAME
from delivery.operations import Named, notify, settle_tasks
from partners.lateness import Bucket
from partners.models import Commitment, CommitmentEvent
from partners.models.commitment import gives_anonymously
from partners.notice_kinds import COMMITMENT_KINDS, LATE, LONG_DUE, PARTNER, STOPPED
from partners.operations.telling import tell_late
from partners.queries.audiences import OFFICE, Place, audiences, holding, office
from partners.queries.commitment_events_sql import EVENTS
from partners.queries.fulfilment import asked, standings
from ssu.operations.reminders import leaders_by_unit

Kind = CommitmentEvent.Kind
LOOK_BACK: Final = timedelta(days=45)
"""What lies longer back is no news: nobody is told of it, also when its gift was entered today."""
SOON: Final = 14
"""A payment of a long interval is told so many days before its day."""
FEW: Final = 50
"""So many commitments are looked up one by one."""
IN_A_WEEK: Final = timedelta(days=7)
ASKING: Final = {LATE.name, STOPPED.name, LONG_DUE.name}


@transaction.atomic
def find_events(*, agency: Agency) -> list[CommitmentEvent]:
    """Write down what happened since the last look, and tell whom it concerns; return it. Nothing before the go-live
    date of the agency, and nothing at all without one. However many look at once, each thing is found by one of them.
    """
    settle_what_is_kept(agency)
    if agency.live_on is None or agency.live_on > agency.today():
        return []
    since = max(agency.live_on, agency.today() - LOOK_BACK)
    running = Commitment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=since), starts_on__lte=agency.today() + LOOK_BACK
    )
    ids = [pk for (pk,) in asked(agency, running, EVENTS, many=True, since=since, soon=SOON)]
    found = CommitmentEvent.objects.filter(pk__in=ids).select_related(
        "commitment__giving_unit", "commitment__designation"
    )
    hidden = set(Commitment.objects.filter(gives_anonymously(), events__in=ids).values_list("pk", flat=True))
    events = list(found.order_by("pk"))
    tell(agency, events, hidden)
    tell_late(agency, [event.commitment_id for event in events if event.kind in (Kind.LATE, Kind.STOPPED)])
    return events


def tell(agency: Agency, events: list[CommitmentEvent], hidden: set[int]) -> None:
    """Tell each event to its groups. Who gives anonymously (`hidden`) is the office's knowledge alone. What asks
    somebody to be in touch goes to partner care where none of its groups is anybody: nobody holds that partner.
    """
    if not events:
        return
    groups, at_work = audiences(), office()
    places: dict[int, Place] = {each.pk: place_of(each) for each in events}
    holders = holding(set(places.values()))
    leaders = leaders_by_unit({unit for _partner, unit in places.values() if unit})
    for event in events:
        field = {
            "holder": holders.get(places[event.pk], set()),
            "leader": leaders.get(places[event.pk][1] or 0, set()),
        }
        told = groups[event.kind] & set(OFFICE) if event.commitment_id in hidden else groups[event.kind]
        users: set[User] = set().union(*({**field, **at_work}[group] for group in told))
        if not users and groups[event.kind] and COMMITMENT_KINDS[event.kind].name in ASKING:
            users = at_work["care"]
        tell_one(agency, event, users)


def place_of(event: CommitmentEvent) -> Place:
    return event.commitment.giving_unit.partner_id, event.commitment.designation.unit_id


def tell_one(agency: Agency, event: CommitmentEvent, users: set[User]) -> None:
    """One sentence without an amount: that stands behind the link, for who may see it."""
    kind = COMMITMENT_KINDS[event.kind]
    notify(
        agency=agency,
        users=users,
        kind=kind.name,
        text=sentence(agency, event) % {"name": NAME},
        url=reverse("commitment", args=[agency.slug, event.commitment_id]),
        named=Named(PARTNER, event.commitment.giving_unit.partner_id),
        key=f"commitment event {event.pk}",
        about=matter(event),
        due_on=agency.today() + IN_A_WEEK if kind.name in ASKING else None,
    )


def matter(event: CommitmentEvent) -> str:
    """What its task is called, where it goes by itself: a promise that grows later is one matter."""
    if event.kind == Kind.LONG_DUE:
        return f"commitment {event.commitment_id} due"
    return f"commitment {event.commitment_id} late" if event.kind in (Kind.LATE, Kind.STOPPED) else ""


def sentence(agency: Agency, event: CommitmentEvent) -> str:
    """What is told, with a place for the name."""
    words = {
        Kind.STARTED: _("%(name)s has begun to give as promised."),
        Kind.STOPPED: _("%(name)s has stopped giving what was promised. Ask how things are."),
        Kind.RESUMED: _("%(name)s gives again as promised."),
        Kind.SMALLER: _("%(name)s gave less than promised."),
        Kind.LARGER: _("%(name)s gave more than promised."),
        Kind.EXTRA: _("%(name)s gave an extra gift."),
    }
    if event.kind == Kind.LATE:
        return _("%(name)s is late with a commitment, by more than {days} days. Be in touch.").format(
            days=(event.days_late or 1) - 1
        )
    if event.kind == Kind.LONG_DUE:
        on = event.key.removeprefix("due ")
        return _("A payment of %(name)s is due on {day}, after a long interval.").format(
            day=day_in_words(agency, type(event.happened_on).fromisoformat(on))
        )
    return words[Kind(event.kind)]


def settle_what_is_kept(agency: Agency) -> int:
    """End the tasks about promises that are kept again, or have ended; return how many."""
    open_tasks = Task.objects.filter(done_at=None, kind__in=ASKING, about__startswith="commitment ")
    abouts = set(open_tasks.values_list("about", flat=True))
    ids = {int(about.split()[1]) for about in abouts}
    now = standings(agency, Commitment.objects.filter(pk__in=ids), many=len(ids) > FEW)
    kept = {pk for pk, each in now.items() if each.bucket in (Bucket.ON_TIME, Bucket.ENDED)}
    waits = {pk for pk in kept if (due := now[pk].next_due) and (due - agency.today()).days <= SOON}
    settled = [f"commitment {pk} late" for pk in kept] + [f"commitment {pk} due" for pk in kept - waits]
    return settle_tasks(about=[about for about in settled if about in abouts])
