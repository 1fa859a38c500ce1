"""Which item of the navigation is marked as the current one."""

import re
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "current"),
    [
        ("home", ["Home"]),
        ("units", ["Units"]),
        ("matrix", ["Units"]),
        ("strategies", ["Units"]),
        ("gift_add", ["Giving"]),
        ("notices", []),
    ],
)
def test_item_of_the_page_is_current(agency: Agency, alice: User, visit: Any, page: str, current: list[str]) -> None:
    answer = visit(alice).get(reverse(page, args=[agency.slug]))
    navigation = answer.content.decode().partition("</nav>")[0]
    assert re.findall(r'aria-current="page">(\w+)</a>', navigation) == current
