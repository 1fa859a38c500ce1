"""A gift of which money was given back stands: what rests on it comes first."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners import operations
from partners.models import Gift, Partner
from partners.operations.corrections import HasRefunds
from tests.cast import Visitor


def test_a_gift_with_refunds_is_not_corrected(
    inside: Agency, alice: User, add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    gift, today = giving(add("Moab"), (places.mine, 5000)), inside.today()
    act = {"agency": inside, "actor": alice, "gift": gift, "on": today}
    operations.refund_gift(**act, amount=Money(1000, "USD"), key="back", reason="Too much")  # type: ignore[arg-type]
    with pytest.raises(HasRefunds):
        operations.correct_gift(**act, reason="Typed wrong", key="again")  # type: ignore[arg-type]
    gift.refresh_from_db()
    assert gift.withdrawn_at is None


def test_the_ledger_calls_a_refund_a_refund(
    inside: Agency,
    alice: User,
    add: Callable[..., Partner],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
    visit: Callable[[User], Visitor],
) -> None:
    gift, today = giving(add("Moab"), (places.mine, 5000)), inside.today()
    act = {"agency": inside, "actor": alice, "gift": gift, "on": today}
    amount = Money(1000, "USD")
    back = operations.refund_gift(**act, amount=amount, key="back", reason="Too much")  # type: ignore[arg-type]
    shown = [
        visit(alice).get(reverse("posting", args=[inside.slug, each])).context["kind"]
        for each in (gift.posting_id, back.posting_id)
    ]
    assert shown == ["Gift", "Refund"]
    rows = visit(alice).get(reverse("ledger", args=[inside.slug])).context["table"].rows
    assert [row[1] for row in rows] == ["Refund", "Gift"]
