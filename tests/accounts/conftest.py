"""A browser whose person has just typed the password again."""

from collections.abc import Callable

import pytest

from accounts.models import User
from tests.agencies.conftest import confirm
from tests.cast import Visitor


@pytest.fixture
def confirmed(visit: Callable[[User], Visitor]) -> Callable[[User], Visitor]:
    """`confirmed(alice)` is Alice's browser after she has typed her password again."""
    return lambda user: confirm(visit(user))
