"""What the page of an erasure tells, and what the record tells afterwards."""

from typing import Any

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from partners.models import Erasure, Partner
from partners.queries.erasing import goes_of, holds_of, marks_of, records_of, stays_of


def what_goes(agency: Agency, partner: Partner) -> dict[str, Any]:
    """What goes, what stays and why, what stands in the way, and whom the record holds."""
    records = records_of(partner)
    marks = marks_of(records)
    return {
        "partner": partner,
        "goes": goes_of(marks),
        "stays": stays_of(agency, marks),
        "holds": holds_of(agency, marks),
        "merged": [each.name for each in records if each.pk != partner.pk],
        "spouse": " ".join(filter(None, (partner.spouse_first_name, partner.spouse_last_name))),
    }


def erased_words(seat: Seat, partner: Partner) -> dict[str, str]:
    """When and why a partner was erased, and by whom; the reason for who may erase. Nothing of others. One query."""
    if partner.erased_at is None:
        return {}
    found = Erasure.objects.select_related("by").get(partner=partner.pk)
    told = {"day": day_in_words(seat.agency, found.at), "words": "", "by": "", "ground": ""}
    if seat.can("partners.erase"):
        told |= {"ground": str(Erasure.Ground(found.ground).label), "words": found.words}
        told["by"] = found.by.name if found.by else ""
    return told
