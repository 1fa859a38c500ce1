"""The source of gifts and the code of the agency's files stay once gifts came under them: else the same file, or the
next one that overlaps, would be taken for new gifts and post them twice.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.operations import update_agency
from core.money import Money
from partners import operations
from partners.models import Gift, GivingUnit, Partner
from partners.operations import Part
from partners.operations.gift_posting import post_gift
from partners.operations.sources import SourceInUse
from tests.cast import Visitor

CHANGES = [{"default_source": "HLM"}, {"organization_code": "HLM-USA"}]


@pytest.fixture
def ruth(add: Callable[..., Partner]) -> Partner:
    return add("Moab")


def bring(agency: Agency, partner: Partner, source: str) -> Gift:
    """A gift as a file brings it."""
    giver = GivingUnit.objects.get(partner=partner)
    parts = [Part(None, Money(100, "USD"), key="9")]
    given: dict[str, Any] = {"giving_unit": giver, "on": agency.today(), "parts": parts, "external_id": "1"}
    return post_gift(agency=agency, actor=None, source=source, **given)


@pytest.mark.parametrize("change", CHANGES)
def test_before_gifts_came_both_may_change(change: dict[str, str], inside: Agency, alice: User, ruth: Partner) -> None:
    bring(inside, ruth, "another")
    changed = update_agency(agency=inside, actor=alice, **change)
    assert {name: getattr(changed, name) for name in change} == change


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("known_by", ["gift", "number"])
def test_afterwards_both_stay(
    known_by: str, change: dict[str, str], inside: Agency, alice: User, ruth: Partner
) -> None:
    if known_by == "gift":
        bring(inside, ruth, inside.default_source)
    else:
        operations.add_number(agency=inside, actor=alice, partner=ruth, source=inside.default_source, value="7")
    with pytest.raises(SourceInUse) as refused:
        update_agency(agency=inside, actor=alice, **change)
    assert refused.value.field == next(iter(change))
    same = {"default_source": inside.default_source, "organization_code": inside.organization_code}
    assert update_agency(agency=inside, actor=alice, unit_word="Field", **same).unit_word == "Field"


def test_the_settings_page_says_so(
    inside: Agency, alice: User, ruth: Partner, visit: Callable[[User], Visitor]
) -> None:
    bring(inside, ruth, inside.default_source)
    browser, path = visit(alice), reverse("settings", args=["harbor"])
    form = browser.get(path).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"default_source": "HLM"}
    answer = browser.post(path, sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["default_source"]
