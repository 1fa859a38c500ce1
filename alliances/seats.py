"""A seat is a person at work in one alliance: for which member, or for the backbone, and in which capacities.
Made anew for each request.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from agencies.scope import Scope, enter, within
from alliances.lookups import Place, seats_of
from alliances.models import Alliance, Member, Representative
from alliances.rights import Capacity, holders, stands

CAPACITY_OF = {
    "may_coordinate": Capacity.COORDINATOR,
    "may_report": Capacity.REPORTER,
    "may_sign": Capacity.SIGNATORY,
    "may_vote": Capacity.VOTER,
}


@dataclass(frozen=True)
class AllianceSeat:
    """A representative with what it may do. `member` is None for the staff of the backbone."""

    alliance: Alliance
    representative: Representative
    user: User
    member: Member | None
    capacities: frozenset[Capacity]

    def can(self, right: str) -> bool:
        """Whether this person may, here and now."""
        member_state = self.member.state if self.member else None
        return bool(self.capacities & holders(right)) and stands(right, self.alliance.state, member_state)

    def needs_second_factor(self) -> bool:
        """Coordinators see every member's numbers, so they sign in with a second factor (trust rule T13)."""
        return Capacity.COORDINATOR in self.capacities

    def title(self) -> str:
        """What the person is here, in words."""
        if self.member is not None:
            return _("for %(organization)s") % {"organization": self.member.organization}
        return _("Backbone coordinator") if self.needs_second_factor() else _("Backbone, reading")


def sit_down(user: User, place: Place) -> AllianceSeat:
    """Set the scope of a verified place and read the seat. Three queries."""
    enter(Scope(alliance_id=place.alliance_id, member_id=place.member_id))
    representative = Representative.objects.select_related("member").get(pk=place.representative_id)
    held = {capacity for flag, capacity in CAPACITY_OF.items() if getattr(representative, flag)}
    alliance = Alliance.objects.get(pk=place.alliance_id)
    return AllianceSeat(alliance, representative, user, representative.member, frozenset({*held, Capacity.READER}))


def every_seat(user: User) -> list[AllianceSeat]:
    """The seats of a person in all alliances, each read in its own scope; for the list of workspaces."""
    seats = []
    for place in seats_of(user.pk):
        with within(Scope()):
            seats.append(sit_down(user, place))
    return seats
