"""The agencies of a person, for the switcher."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.spaces import Space
from agencies.lookups import Place, memberships_of
from agencies.models import Agency, Membership
from agencies.scope import of_agency
from agencies.seats import seat_of


def agency_spaces(user: User) -> list[Space]:
    """Every agency in which the person serves now, by name. Each is read in its own scope, with a few queries each."""
    return sorted((space(place) for place in memberships_of(user.pk)), key=lambda found: found.name.casefold())


def space(place: Place) -> Space:
    """One agency with what the person is there."""
    with of_agency(place.agency_id):
        agency = Agency.objects.get(pk=place.agency_id)
        seat = seat_of(agency, Membership.objects.get(pk=place.membership_id))
    return Space(agency.name, seat.title() or _("No role yet"), reverse("home", args=[agency.slug]))
