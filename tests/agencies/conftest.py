"""Browsers whose person has just typed the password again, and people of several roles."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password

from accounts.models import User
from agencies import operations, scope
from agencies.models import Agency, Membership
from tests.cast import Visitor

Browsing = TypeVar("Browsing", bound=Any)


def confirm(visitor: Browsing) -> Browsing:
    """As if the person had just reauthenticated."""
    session = visitor.session
    reauthenticate_by_password(cast(Any, SimpleNamespace(session=session, user=visitor.user)))
    session.save()
    return visitor


@pytest.fixture
def confirmed(visit: Callable[[User], Visitor]) -> Callable[[User], Visitor]:
    """`confirmed(alice)` is Alice's browser after she has typed her password again."""
    return lambda user: confirm(visit(user))


@pytest.fixture
def joins(agency: Agency, alice: User) -> Callable[..., Membership]:
    """`joins(user, "staff")` gives somebody a place in Alice's agency."""

    def join(user: User, *roles: str, to: Agency = agency) -> Membership:
        with scope.of_agency(to.pk):
            return operations.add_member(agency=to, actor=alice, user=user, roles=roles)

    return join
