"""How often partners hear of the unit, and whether anybody hears twice."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from agencies.models import Agency
from communications.models import Exclusion, LetterMessage
from delivery.models import OutgoingMessage
from reports.queries.benefits import frame
from reports.queries.benefits.frame import Figure, Measure, Rate, Window, Windows
from ssu.models import Unit

ARRIVED = (OutgoingMessage.State.ACCEPTED.value, OutgoingMessage.State.DELIVERED.value)


def letters(agency: Agency, unit: Unit, windows: Windows) -> list[Measure]:
    """Letters per partner, and second copies that were kept back. A query per period."""
    before = counted(agency, unit, windows.before) if windows.before else (None, None)
    now = counted(agency, unit, windows.now)
    return [
        Measure(
            _("Letters to each partner"),
            _("Letters of the unit that the mail server took, for each partner who got any."),
            before[0],
            now[0],
            none=_("no letter went out"),
        ),
        Measure(
            _("Duplicate letters avoided"),
            _("Partners of a letter who would have had it twice, because somebody else has the same address."),
            before[1],
            now[1],
            none=_("no letter was made"),
        ),
    ]


def counted(agency: Agency, unit: Unit, window: Window) -> tuple[Figure, Figure]:
    """Letters for each partner, and copies kept back, by the day in the agency's calendar on which they were made."""
    begin = datetime.combine(window.first, time.min, agency.zone)
    end = datetime.combine(window.last + timedelta(days=1), time.min, agency.zone)
    sent = Q(outgoing__state__in=ARRIVED)
    found = LetterMessage.objects.filter(letter__unit=unit.pk, made_at__gte=begin, made_at__lt=end).aggregate(
        letters=Count("pk", filter=sent),
        partners=Count("partner", filter=sent, distinct=True),
        kept_back=Count("pk", filter=Q(excluded=Exclusion.SAME_ADDRESS)),
        made=Count("pk"),
    )
    rate = Rate(found["letters"], found["partners"]) if found["partners"] else None
    return rate, frame.Count(found["kept_back"]) if found["made"] else None
