"""The alliance of the tests: two agencies and two outside organizations, Carol's agency as backbone, and Mallory's
other alliance.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from alliances import demo, operations
from alliances.access import alliance_mark
from alliances.demo import Built, Party
from alliances.lookups import alliance_by_slug
from alliances.models import Indicator, Member, Period
from tests.cast import SECRET, make_agency, person


@pytest.fixture
def people(db: None) -> Callable[[str, str], User]:
    """Find or make the person of an e-mail address."""

    def find(email: str, name: str) -> User:
        found = User.objects.filter(email=email).first()
        if found is not None:
            return found
        made = person(name.split(maxsplit=1)[0])
        User.objects.filter(pk=made.pk).update(email=email, name=name)
        made.refresh_from_db()
        return made

    return find


@pytest.fixture
def bridge(carol: User) -> Agency:
    """Carol's agency, the backbone."""
    return make_agency("bridge", carol, name="Bridge Backbone")


@pytest.fixture
def second(bob: User) -> Agency:
    return make_agency("second", bob, name="Second Agency")


@pytest.fixture
def parties(alice: User, agency: Agency, bob: User, second: Agency) -> list[Party]:
    """The four members, in the order of their values."""
    return [
        Party("Harbor Light", alice.sign_in, alice.name, agency.pk),
        Party("Second Agency", bob.sign_in, bob.name, second.pk),
        *demo.OUTSIDE,
    ]


@pytest.fixture
def founded(carol: User, bridge: Agency, parties: list[Party], people: Callable[[str, str], User]) -> Built:
    """An active alliance without an indicator."""
    with scope.within(scope.NOBODY):
        return demo.found(
            slug="river",
            name="River Alliance",
            backbone=Party("Bridge Backbone", carol.sign_in, carol.name, bridge.pk),
            members=parties,
            people=people,
            purpose="So that every river community hears.",
            is_demo=False,
        )


@pytest.fixture
def built(carol: User, bridge: Agency, parties: list[Party], people: Callable[[str, str], User]) -> Built:
    """The whole demo alliance: four reports, one publication, an open period."""
    backbone = Party("Bridge Backbone", carol.sign_in, carol.name, bridge.pk)
    return demo.build(slug="river", name="River Alliance", backbone=backbone, members=parties, people=people)


@pytest.fixture
def other(mallory: User, elsewhere: Agency, people: Callable[[str, str], User]) -> Built:
    """The alliance that Mallory coordinates, with canaries in it."""
    return demo.build(
        slug="other",
        name=f"Other {SECRET}",
        backbone=Party(f"Backbone {SECRET}", mallory.sign_in, mallory.name, elsewhere.pk),
        members=[Party(f"Org{n} {SECRET}", f"o{n}@other.example", f"Other{n}") for n in range(4)],
        people=people,
    )


@pytest.fixture
def backbone(founded: Built) -> Iterator[Built]:
    """The test body runs in the scope of the backbone."""
    with scope.within(founded.scope()):
        yield founded


@pytest.fixture
def indicator(founded: Built) -> Indicator:
    with scope.within(founded.scope()):
        return demo.define(founded)


@pytest.fixture
def period(founded: Built, indicator: Indicator) -> Period:
    """An open period for which nobody has reported."""
    with scope.within(founded.scope()):
        first, _ = demo.quarters(founded.alliance.today())
        return operations.open_period(
            alliance=founded.alliance, actor=founded.coordinator, indicator=indicator, starts=first
        )


@pytest.fixture
def trio(founded: Built) -> Built:
    """The alliance with its first three members only: the fourth is suspended before a period opens."""
    with scope.within(founded.scope()):
        operations.move_member(
            alliance=founded.alliance, actor=founded.coordinator, member=founded.members[3], state="suspended"
        )
    founded.members = founded.members[:3]
    return founded


@pytest.fixture
def asked(trio: Built, indicator: Indicator) -> Period:
    """A period for which three members owe a report."""
    with scope.within(trio.scope()):
        first, _ = demo.quarters(trio.alliance.today())
        return operations.open_period(alliance=trio.alliance, actor=trio.coordinator, indicator=indicator, starts=first)


class AllianceVisitor(Client):
    """A browser without JavaScript whose forms carry the mark of the alliance they are sent to."""

    user: User

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        mark = alliance_mark(alliance_by_slug(path.split("/")[2]) or 0, self.user.pk)
        return super().post(path, {"space": mark, **(data or {})}, *args, **kwargs)


@pytest.fixture
def enter(db: None) -> Callable[[User], AllianceVisitor]:
    """`enter(carol)` is Carol's browser in the alliance."""

    def sign_in(user: User) -> AllianceVisitor:
        visitor = AllianceVisitor()
        visitor.user = user
        visitor.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return visitor

    return sign_in


@pytest.fixture
def in_scope() -> Callable[..., Any]:
    """`with in_scope(built, member)`: run as one member, or as the backbone."""

    def run(built: Built, member: Member | None = None) -> Any:
        return scope.within(built.scope(member))

    return run
