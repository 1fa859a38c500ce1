"""What a benchmark is given: the two agencies that are measured, who looks at them, and connections per role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from psycopg2.extensions import connection

from benchmarks.scales import Scale
from config.provision import connect
from core.roles import role_url

if TYPE_CHECKING:
    from accounts.models import User
    from agencies.models import Agency
    from agencies.seats import Seat

BIG, USUAL = 1, 2


@dataclass
class Place:
    """An agency of the measuring database, and its administrator, who may see everything."""

    agency: "Agency"
    user: "User"
    seat: "Seat"


@dataclass
class World:
    """The measuring database. `url` is its provisioning address."""

    scale: Scale
    url: str
    _open: dict[str, connection] = field(default_factory=dict)

    @cached_property
    def big(self) -> Place:
        """The agency with most lines and units."""
        return place(BIG)

    @cached_property
    def usual(self) -> Place:
        """An agency as most are: 20 units."""
        return place(USUAL)

    def connected_as(self, role: str) -> connection:
        """A connection of a database role, kept. It is in a transaction of its own, which is never committed."""
        if role not in self._open:
            url = self.url if role == "provisioning" else role_url(self.url, role)
            made = connect(url)
            made.autocommit = False
            self._open[role] = made
        return self._open[role]

    def close(self) -> None:
        """Let the connections go; what was not committed is gone."""
        while self._open:
            self._open.popitem()[1].close()


def place(agency_id: int) -> Place:
    """The agency of this id with its administrator, made at the first call."""
    from django.db import transaction

    from accounts.models import User
    from agencies import scope
    from agencies.models import Agency, Membership
    from agencies.seats import seat_of

    with transaction.atomic(), scope.fresh(), scope.of_agency(agency_id):
        agency = Agency.objects.get(pk=agency_id)
        user = User.objects.filter(email=f"administrator@{agency.slug}.example").first() or administrator(agency)
        seat = seat_of(agency, Membership.objects.get(user=user))
    return Place(agency, user, seat)


def administrator(agency: "Agency") -> "User":
    """Somebody with every agency-wide role and a second factor."""
    from allauth.mfa.models import Authenticator

    from accounts.models import User
    from agencies import operations
    from agencies.models.people import AGENCY_ROLES

    user = User.objects.create_user(f"administrator@{agency.slug}.example", None, name="Administrator")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "measured"})
    operations.add_member(agency=agency, actor=user, user=user, roles=tuple(AGENCY_ROLES))
    return user


@contextmanager
def inside(place: Place) -> Iterator[None]:
    """Run a block in the agency's scope, in a transaction that is rolled back: nothing that is measured stays."""
    from django.db import transaction

    from agencies import scope

    with scope.fresh(), transaction.atomic():
        scope.enter(scope.Scope(agency_id=place.agency.pk))
        yield
        transaction.set_rollback(True)


def checked_at_once() -> None:
    """Check the deferred foreign keys now, inside the measured time: a rollback would never check them."""
    from django.db import connection as django

    with django.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def as_worker() -> Iterator[None]:
    """Run a block on Django's connection as the worker's role, which alone may do what jobs do."""
    from django.db import connection as django

    served = dict(django.settings_dict)
    parts = urlsplit(role_url(os.environ["DATABASE_URL"], "worker"))
    django.close()
    django.settings_dict.update(USER=parts.username, PASSWORD=unquote(parts.password or ""))
    try:
        yield
    finally:
        django.close()
        django.settings_dict.update(served)
