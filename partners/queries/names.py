"""Names of partners in notices and tasks."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from agencies.seats import Seat
from partners.models import Partner


def public_names(partner_ids: Collection[int]) -> dict[int, str]:
    """What a mail may call these partners: nobody's name, for that they are partners tells what they believe."""
    return {pk: _("A partner") for pk in partner_ids}


def shown_names(seat: Seat, partner_ids: Collection[int]) -> dict[int, str]:
    """What a seat calls those of these partners whom it may know, by id; who was merged goes by the name of the other.
    At most four queries.
    """
    seen = Partner.objects.seen_by(seat)
    found = dict(seen.filter(pk__in=partner_ids).values_list("pk", "name"))
    missing = [pk for pk in partner_ids if pk not in found]
    merged = Partner.objects.filter(pk__in=missing, merged_into__in=seen.values("pk"))
    return found | dict(merged.values_list("pk", "merged_into__name")) if missing else found
