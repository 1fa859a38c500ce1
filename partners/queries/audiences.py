"""Who in the agency hears of what happens with commitments."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Exists, OuterRef

from accounts.models import User
from agencies.models import Role, RoleGrant
from partners.models import CommitmentEvent, EventAudience, Holder
from ssu.models import TeamMember

Kind, Group = CommitmentEvent.Kind, EventAudience.Group
HOLDER, LEADER, CARE, FINANCE = Group.HOLDER, Group.LEADER, Group.CARE, Group.FINANCE
USUAL: Final[Mapping[str, frozenset[str]]] = {
    Kind.STARTED: frozenset({HOLDER, LEADER, CARE}),
    Kind.STOPPED: frozenset({HOLDER, LEADER, CARE}),
    Kind.RESUMED: frozenset({HOLDER, LEADER, CARE}),
    Kind.SMALLER: frozenset({HOLDER}),
    Kind.LARGER: frozenset({HOLDER, LEADER}),
    Kind.EXTRA: frozenset({HOLDER, LEADER, CARE}),
    Kind.LONG_DUE: frozenset({HOLDER, LEADER}),
    Kind.LATE: frozenset({HOLDER, LEADER}),
}
"""Who hears of what where the agency did not choose."""
OFFICE: Final = {CARE: Role.STAFF, FINANCE: Role.FINANCE}
Place = tuple[int, int | None]
"""A partner and a unit."""


def audiences() -> dict[str, frozenset[str]]:
    """The groups that hear of each kind of event, in the agency in scope. One query."""
    found = {kind: set(groups) for kind, groups in USUAL.items()}
    for each in EventAudience.objects.all():
        (found[each.kind].add if each.is_told else found[each.kind].discard)(each.group)
    return {kind: frozenset(groups) for kind, groups in found.items()}


def holding(places: set[Place]) -> dict[Place, set[User]]:
    """Who holds these partners in these units, serves there today, and signs in. One query."""
    serving = TeamMember.objects.serving().filter(unit=OuterRef("unit"), worker=OuterRef("worker"))
    known = Holder.objects.standing().filter(
        Exists(serving), partner__in={partner for partner, _unit in places}, worker__membership__left_at=None
    )
    found: dict[Place, set[User]] = {}
    for each in known.filter(worker__membership__user__is_active=True).select_related("worker__membership__user"):
        found.setdefault((each.partner_id, each.unit_id), set()).add(each.worker.membership.user)
    return found


def office() -> dict[str, set[User]]:
    """Who does partner care and finance for the whole agency. One query."""
    found: dict[str, set[User]] = {group: set() for group in OFFICE}
    granted = RoleGrant.objects.filter(ended_at=None, role__in=OFFICE.values(), membership__left_at=None)
    for grant in granted.filter(membership__user__is_active=True).select_related("membership__user"):
        group = next(each for each, role in OFFICE.items() if role == grant.role)
        found[group].add(grant.membership.user)
    return found
