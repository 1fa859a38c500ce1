"""The life of an alliance."""

from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.scope import Scope, enter
from alliances.lookups import alliance_by_slug
from alliances.models import Alliance, AllianceChange, AllianceState, Backbone, Representative
from alliances.queries.readiness import missing_for_active
from core.errors import Refused

EXPLORING, FORMING, ACTIVE, PAUSED, CLOSED = AllianceState
STEPS: Final[dict[str, frozenset[str]]] = {
    EXPLORING: frozenset({FORMING, CLOSED}),
    FORMING: frozenset({ACTIVE, CLOSED}),
    ACTIVE: frozenset({PAUSED, CLOSED}),
    PAUSED: frozenset({ACTIVE, CLOSED}),
    CLOSED: frozenset(),
}


class AddressTaken(Refused):
    """Another alliance has this address."""

    code = "slug_taken"
    field = "slug"
    message = "This address is taken. Choose another one."


class NotThatWay(Refused):
    """The states of an alliance follow each other in one order."""

    code = "not_that_way"

    def __init__(self, before: str, after: str) -> None:
        words = {"before": AllianceState(before).label, "after": AllianceState(after).label}
        super().__init__(_("The alliance is “%(before)s” and cannot become “%(after)s” from there.") % words)


class NotReady(Refused):
    """An alliance becomes active with agenda, members, backbone and agreement in place."""

    code = "not_ready"

    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            _("The alliance cannot become active yet. This does not hold so far:") + " " + " ".join(missing)
        )


@transaction.atomic
def create_alliance(
    *, actor: User | None, slug: str, name: str, backbone: str, backbone_agency_id: int | None = None, **fields: Any
) -> Alliance:
    """Begin an alliance in the state exploring, with the organization that serves it, and enter its scope as the
    backbone.

    Raises AddressTaken.
    """
    if alliance_by_slug(slug) is not None:
        raise AddressTaken
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('alliances_alliance_id_seq')")
        new_id = cursor.fetchone()[0]
    enter(Scope(alliance_id=new_id))
    alliance = Alliance(pk=new_id, slug=slug, name=name, **fields)
    alliance.save(force_insert=True)
    AllianceChange.objects.create(state=alliance.state, by=actor)
    Backbone.objects.create(organization=backbone, agency_id=backbone_agency_id)
    audit.record(actor=actor, verb="create alliance", of=alliance, label=name)
    return alliance


@transaction.atomic
def move_alliance(*, alliance: Alliance, actor: User | None, state: str, reason: str = "") -> Alliance:
    """Bring the alliance into another state of its life. Raises NotThatWay, and NotReady for active, which says all
    that is missing.
    """
    locked: Alliance = Alliance.objects.select_for_update().get(pk=alliance.pk)
    if state not in STEPS[locked.state]:
        raise NotThatWay(locked.state, state)
    missing = missing_for_active() if state == ACTIVE else []
    if missing:
        raise NotReady(missing)
    locked.state = state
    locked.save(update_fields=["state"])
    AllianceChange.objects.create(state=state, by=actor, reason=reason)
    audit.record(
        actor=actor, verb="move alliance", of=locked, label=locked.name, changes={"state": state}, reason=reason
    )
    return locked


@transaction.atomic
def change_purpose(*, alliance: Alliance, actor: User | None, name: str, purpose: str) -> Alliance:
    """Say anew how the alliance is called and why it stands together."""
    alliance.name, alliance.purpose = name, purpose
    alliance.save(update_fields=["name", "purpose"])
    audit.record(actor=actor, verb="edit alliance", of=alliance, label=name)
    return alliance


@transaction.atomic
def appoint_backbone(
    *, alliance: Alliance, actor: User | None, organization: str, agency_id: int | None = None
) -> Backbone:
    """Let another organization serve as backbone from now on; the places of the former one's staff end."""
    former = Backbone.objects.select_for_update().get(ended_at=None)
    made = Backbone(organization=organization, agency_id=agency_id)
    former.ended_at = made.started_at
    former.save(update_fields=["ended_at"])
    Representative.objects.filter(backbone=former, ended_at=None).update(ended_at=made.started_at)
    made.save()
    audit.record(actor=actor, verb="appoint backbone", of=made, label=organization)
    return made
