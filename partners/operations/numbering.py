"""Numbers of our own for partners whom no other system numbers: they leave in files under them and are known by them
when the file comes back.
"""

from typing import Any

from django.db import transaction

from agencies.models import Agency
from partners.documents.numbers import of_ours
from partners.keys import donor_number
from partners.models import ExternalId, Partner


@transaction.atomic
def number_partners(*, agency: Agency, partners: Any) -> int:
    """Give a number to each of these partners who has none; return to how many. Done once it changes nothing more."""
    nameless = Partner.objects.filter(pk__in=partners.order_by().values("pk"), external_ids=None)
    made = []
    for pk in nameless.values_list("pk", flat=True).iterator():
        source, value = of_ours(agency, pk)
        made.append(ExternalId(agency=agency, partner_id=pk, source=source, value=value, norm=donor_number(value)))
    ExternalId.objects.bulk_create(made, batch_size=1_000, ignore_conflicts=True)
    return len(made)
