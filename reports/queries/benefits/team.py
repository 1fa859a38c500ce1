"""Whether everybody on the team was coached and has read the guidelines, on a day."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from communications.models import Acknowledgement, Guidelines
from communications.queries.reading import READERS
from reports.queries.benefits.frame import Figure, Measure, Share, Windows
from ssu.models import CoachingArea, CoachingExcuse, CoachingRecord, CoachingSession, TeamMember, Unit
from ssu.queries.coaching import COACHED_ROLES


def team(agency: Agency, unit: Unit, windows: Windows) -> list[Measure]:
    """Coaching, and the guidelines, on the day before the shift and today. Seven queries for each of both."""
    eve, today = windows.before.last if windows.before else None, windows.now.last
    return [
        Measure(
            _("Coached"),
            _(
                "Pairs of somebody who leads or serves in the unit and a required area, coached or excused, of all: "
                "on the day before the shift, and today."
            ),
            coached(agency, unit, eve) if eve else None,
            coached(agency, unit, today),
            things=lambda number: ngettext(
                "of %(number)s pair of a person and an area",
                "of %(number)s pairs of a person and an area",
                number,
            ),
            none=_("no team, or no required area"),
        ),
        Measure(
            _("Guidelines acknowledged"),
            _(
                "People of the unit who acknowledged the version of the guidelines that counts, of all: on the day "
                "before the shift, and today."
            ),
            acknowledged(agency, unit, eve) if eve else None,
            acknowledged(agency, unit, today),
            things=lambda number: ngettext("of %(number)s person", "of %(number)s people", number),
            none=_("no guidelines in force"),
        ),
    ]


def end_of(agency: Agency, day: date) -> datetime:
    """The moment at which a day is over in the agency's calendar."""
    return datetime.combine(day + timedelta(days=1), time.min, agency.zone)


def serving_on(unit: Unit, day: date, roles: tuple[str, ...]) -> set[int]:
    """Who served in the unit on a day. The day of leaving is no longer a day of service."""
    there = TeamMember.objects.filter(unit=unit.pk, role__in=roles, joined_on__lte=day)
    return set(there.filter(Q(left_on=None) | Q(left_on__gt=day)).values_list("worker_id", flat=True))


def coached(agency: Agency, unit: Unit, day: date) -> Figure:
    """The settled pairs of all on a day; None without a team or a required area."""
    end = end_of(agency, day)
    areas = CoachingArea.objects.filter(Q(unit=None) | Q(unit=unit.pk), is_required=True, added_at__lt=end)
    wanted = set(areas.filter(Q(archived_at=None) | Q(archived_at__gte=end)).values_list("pk", flat=True))
    people = serving_on(unit, day, COACHED_ROLES)
    if not wanted or not people:
        return None
    held = CoachingSession.objects.filter(
        unit=unit.pk, kind=CoachingSession.Kind.COACHED, date__lte=day, withdrawn_at=None
    )
    excuses = CoachingExcuse.objects.filter(unit=unit.pk, date__lte=day, withdrawn_at=None)
    rows = {
        *CoachingRecord.objects.filter(session__in=held).values_list("worker_id", "area_id"),
        *excuses.values_list("worker_id", "area_id"),
    }
    settled = sum(worker in people and area in wanted for worker, area in rows)
    return Share(settled, len(people) * len(wanted))


def acknowledged(agency: Agency, unit: Unit, day: date) -> Figure:
    """Who acknowledged the guidelines that counted on a day, of the team of that day; None without either."""
    end = end_of(agency, day)
    agreed = Guidelines.objects.filter(unit=unit.pk, approved_at__lt=end)
    version = agreed.filter(Q(superseded_at=None) | Q(superseded_at__gte=end)).order_by("-version").first()
    people = serving_on(unit, day, READERS)
    if version is None or not people:
        return None
    readers = Acknowledgement.objects.filter(guidelines=version, at__lt=end, worker__in=people)
    return Share(readers.count(), len(people))
