"""What the clock tells: waves whose day for replies is over. Silence moves nothing, and nothing is noted here."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from agencies.models import Agency
from delivery.naming import NAME
from delivery.operations import Named, notify
from ssu.notice_kinds import UNIT
from ssu.queries.people import holders_of
from transition.notice_kinds import REPLIES_DUE
from transition.queries.due import replies_due


@transaction.atomic
def tell_replies_due(*, agency: Agency) -> int:
    """Tell who notes replies for the unit that the day for replies is over and some did not reply: once for each day
    that was set, of a closed unit those alone who may know it. Return how many waves.
    """
    found = replies_due(agency)
    for wave, waiting in found:
        unit = wave.plan.unit
        text = ngettext(
            "%(unit)s: the day for replies of a wave is over, and %(count)s commitment has no reply.",
            "%(unit)s: the day for replies of a wave is over, and %(count)s commitments have no reply.",
            waiting,
        )
        notify(
            agency=agency,
            users=holders_of("transition.talk", unit),
            kind=REPLIES_DUE.name,
            text=text % {"unit": NAME, "count": waiting},
            url=reverse("wave", args=[agency.slug, wave.pk]),
            named=Named(UNIT, unit.pk),
            key=f"replies due {wave.pk} {wave.reply_by}",
        )
    return len(found)
