"""How often partners hear of the unit, and whether anybody hears twice."""

from datetime import datetime, time, timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from communications.models import Exclusion, Letter, LetterMessage
from communications.queries.audience import READER
from delivery.models import OutgoingMessage
from partners.models import Partner
from reports.queries.benefits import frame
from reports.queries.benefits.frame import Figure, Measure, Rate, Share, Window, Windows
from reports.queries.benefits.giving import lines_of
from ssu.models import Unit

SENT = Q(outgoing__state__in=(OutgoingMessage.State.ACCEPTED.value, OutgoingMessage.State.DELIVERED.value))


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
    begin, end = moments(agency, window)
    found = LetterMessage.objects.filter(letter__unit=unit.pk, made_at__gte=begin, made_at__lt=end).aggregate(
        letters=Count("pk", filter=SENT),
        partners=Count("partner", filter=SENT, distinct=True),
        kept_back=Count("pk", filter=Q(excluded=Exclusion.SAME_ADDRESS)),
        made=Count("pk"),
    )
    rate = Rate(found["letters"], found["partners"]) if found["partners"] else None
    return rate, frame.Count(found["kept_back"]) if found["made"] else None


def moments(agency: Agency, window: Window) -> tuple[datetime, datetime]:
    """The first moment of a period in the agency's calendar, and the first after it."""
    begin = datetime.combine(window.first, time.min, agency.zone)
    return begin, datetime.combine(window.last + timedelta(days=1), time.min, agency.zone)


def impact_reports(agency: Agency, unit: Unit, windows: Windows) -> list[Measure]:
    """Of those who gave, who heard what came of it. A query per period."""
    return [
        Measure(
            _("Partners who received an impact report"),
            _(
                "Who gave to the unit or to a worker’s account that names it in these days, and to whom the mail "
                "server took a letter in the same days that is marked as an impact report; of all who gave. "
                "Printed letters are not counted."
            ),
            told_of_impact(agency, unit, windows.before) if windows.before else None,
            told_of_impact(agency, unit, windows.now),
            things=lambda number: ngettext("of %(number)s partner", "of %(number)s partners", number),
            none=_("nobody gave"),
        )
    ]


def told_of_impact(agency: Agency, unit: Unit, window: Window) -> Figure:
    """Of the givers of a period, by the record that stands, those who got an impact report in it."""
    begin, end = moments(agency, window)
    reports = LetterMessage.objects.filter(
        SENT, letter__unit=unit.pk, letter__tells_impact=True, made_at__gte=begin, made_at__lt=end
    )
    givers = lines_of(unit, window).values("gift__giving_unit__partner")
    found = Partner.objects.filter(pk__in=givers).aggregate(
        whole=Count("pk"), part=Count("pk", filter=Q(pk__in=reports.values(reader=READER)))
    )
    return Share(found["part"], found["whole"]) if found["whole"] else None


def current_messages(agency: Agency, unit: Unit, windows: Windows) -> list[Measure]:
    """Whether the unit speaks with one voice. A query per period."""
    return [
        Measure(
            _("Letters on current core messages"),
            _(
                "Letters of the unit that went out in these days and say the version of its core messages that counted "
                "when they went out; of all its letters that went out."
            ),
            on_core_messages(agency, unit, windows.before) if windows.before else None,
            on_core_messages(agency, unit, windows.now),
            things=lambda number: ngettext("of %(number)s letter", "of %(number)s letters", number),
            none=_("no letter went out"),
        )
    ]


def on_core_messages(agency: Agency, unit: Unit, window: Window) -> Figure:
    """Of the letters that went out in a period, those whose core messages counted then."""
    begin, end = moments(agency, window)
    replaced = Q(core_message__superseded_at__lte=F("sent_at"))
    found = Letter.objects.filter(unit=unit.pk, sent_at__gte=begin, sent_at__lt=end).aggregate(
        whole=Count("pk"), part=Count("pk", filter=Q(core_message__isnull=False) & ~replaced)
    )
    return Share(found["part"], found["whole"]) if found["whole"] else None
