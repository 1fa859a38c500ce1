"""The fixed cast. Alice runs the agency, Bob leads a unit, Carol coordinates the alliance, Dan reads only, Mallory
belongs elsewhere and
has data that could leak.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.operations import new_sign_in_name, share_mailbox
from agencies import operations, scope
from agencies.access import space_mark
from agencies.models import Agency, Role
from agencies.scope import Scope

PASSWORD = "correct horse battery staple"
SECRET = "Mallory-Secret-Canary"


def person(name: str, **fields: Any) -> User:
    """Somebody with a verified e-mail and a second factor."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator

    user = User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "test"})
    return user


def spouse_of(user: User, name: str) -> User:
    """Somebody who is married to this person, so that both read one mailbox (ADR 12), with a second factor."""
    from allauth.mfa.models import Authenticator

    made = share_mailbox(email=user.mail_address, sign_in_name=new_sign_in_name(name), name=name, password="!")
    Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={"secret": "test"})
    return made


@pytest.fixture
def alice(db: None) -> User:
    return person("Alice")


@pytest.fixture
def bob(db: None) -> User:
    return person("Bob")


@pytest.fixture
def carol(db: None) -> User:
    return person("Carol")


@pytest.fixture
def dan(db: None) -> User:
    return person("Dan")


@pytest.fixture
def mallory(db: None) -> User:
    return person("Mallory")


def make_agency(slug: str, administrator: User, **fields: Any) -> Agency:
    """An agency with its administrator, leaving nobody in scope."""
    with transaction.atomic(), scope.within(scope.current()):
        agency = operations.create_agency(
            actor=administrator, slug=slug, name=fields.pop("name", slug.title()), **fields
        )
        operations.add_member(agency=agency, actor=administrator, user=administrator, roles=(Role.ADMINISTRATOR,))
    return agency


@pytest.fixture
def elsewhere(mallory: User) -> Agency:
    """Mallory's agency: what is in it must never show in another."""
    return make_agency("elsewhere", mallory, name=f"Elsewhere {SECRET}")


@pytest.fixture
def agency(alice: User, dan: User, elsewhere: Agency) -> Agency:
    """Alice's agency, with Dan on its board."""
    made = make_agency("harbor", alice, name="Harbor Light")
    with transaction.atomic(), scope.of_agency(made.pk):
        operations.add_member(agency=made, actor=alice, user=dan, roles=(Role.BOARD,))
    return made


@pytest.fixture
def inside(agency: Agency) -> Iterator[Agency]:
    """The test body runs in the scope of Alice's agency."""
    with scope.within(Scope(agency_id=agency.pk)):
        yield agency


class Visitor(Client):
    """A browser without JavaScript, signed in as one person; its forms carry the mark of the workspace they are sent
    to.
    """

    user: User

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        if path.startswith("/a/") and (data is None or isinstance(data, dict)):
            data = {"space": self.mark(path), **(data or {})}
        return super().post(path, data, *args, **kwargs)

    def mark(self, path: str) -> str:
        """What a form of the workspace in this address would carry."""
        from agencies.lookups import agency_by_slug

        return space_mark(agency_by_slug(path.split("/")[2]) or 0, self.user.pk)


@pytest.fixture
def visit(db: None) -> Callable[[User], Visitor]:
    """`visit(alice)` is Alice's browser."""

    def sign_in(user: User) -> Visitor:
        visitor = Visitor()
        visitor.user = user
        visitor.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return visitor

    return sign_in
