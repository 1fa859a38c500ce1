"""Making the demo, and taking it away."""

from django.db import connection, transaction
from django.utils import timezone

from agencies.demo import PARTS
from agencies.lookups import agency_by_slug, agency_ids
from agencies.scope import fresh
from home.demo.harbor import build_harbor
from home.demo.people import person
from home.demo.small import AGENCIES, BACKBONE, build_small


def is_empty() -> bool:
    """Whether nobody has an agency here yet."""
    return not agency_ids()


def build() -> None:
    """Make everything, in one transaction."""
    today = timezone.now().date()
    agencies: dict[str, int] = {}
    with transaction.atomic():
        with fresh():
            build_harbor(today)
        for plan in (*AGENCIES, BACKBONE):
            with fresh():
                agencies[plan.slug] = build_small(plan, today).pk
        for part in PARTS:
            with fresh():
                part.build(agencies, person)


def is_built() -> bool:
    """Whether an agency of the demo's address is here."""
    return any(agency_by_slug(plan.slug) is not None for plan in (*AGENCIES, BACKBONE))


@transaction.atomic
def reset() -> None:
    """Take away the agencies and alliances that carry the demo's flag, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT delete_demo()")
