"""Choosing who in the agency hears of what happens with commitments."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from partners.models import EventAudience
from partners.queries.audiences import audiences

Told = Mapping[tuple[str, str], bool]
"""From a kind of event and a group to whether it hears."""


@transaction.atomic
def choose_audiences(*, agency: Agency, actor: User | None, told: Told) -> int:
    """From now on these groups hear of these events, or hear no more; return how many answers changed."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    stands = audiences()
    changed = {key: is_told for key, is_told in told.items() if (key[1] in stands[key[0]]) != is_told}
    for (kind, group), is_told in changed.items():
        EventAudience.objects.update_or_create(kind=kind, group=group, defaults={"is_told": is_told})
    if changed:
        changes = {f"{kind}, {group}": is_told for (kind, group), is_told in sorted(changed.items())}
        audit.record(actor=actor, verb="choose who hears of commitments", of=agency, changes=changes)
    return len(changed)
