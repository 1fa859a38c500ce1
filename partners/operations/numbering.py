"""Numbers of our own for partners whom no other system numbers: they leave in files under them and are known by them
when the file comes back.
"""

from typing import Any

from django.db import transaction

from agencies.models import Agency
from partners.documents.numbers import of_ours
from partners.keys import donor_number
from partners.models import ExternalId, Partner

AT_ONCE = 1_000


@transaction.atomic
def number_partners(*, agency: Agency, partners: Any) -> int:
    """Give a number to each of these partners who has none; return to how many. Done once it changes nothing more."""
    unnumbered = Partner.objects.filter(pk__in=partners.order_by().values("pk"), external_ids=None).order_by("pk")
    after, made = 0, 0
    while ids := list(unnumbered.filter(pk__gt=after).values_list("pk", flat=True)[:AT_ONCE]):
        ExternalId.objects.bulk_create((number(agency, pk) for pk in ids), ignore_conflicts=True)
        after, made = ids[-1], made + len(ids)
    return made


def number(agency: Agency, partner_id: int) -> ExternalId:
    """The row of one number."""
    source, value = of_ours(agency, partner_id)
    return ExternalId(agency=agency, partner_id=partner_id, source=source, value=value, norm=donor_number(value))
