"""A partner who may pray, and taking up in few words."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import Partner, Undertaking


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def ruth(add: Callable[..., Partner], places: SimpleNamespace) -> Partner:
    return add("Moab")


@pytest.fixture
def take(act: dict[str, Any], ruth: Partner, led: SimpleNamespace) -> Callable[..., Undertaking]:
    """`take("pray")` is Ruth praying for the open unit since today."""

    def make(kind: str = "pray", **given: Any) -> Undertaking:
        same = {"partner": ruth, "unit": led.open, "starts_on": act["agency"].today()}
        return operations.take_up(**act, kind=kind, **{**same, **given})

    return make
