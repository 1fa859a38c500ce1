"""Rows from before the rule: what was given back of an anonymous gift, and what it was corrected from, is hidden."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.db import connection

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners.models import Gift
from partners.operations import Part, correct_gift, refund_gift

HIDE: str = import_module("partners.migrations.0021_refunds_of_anonymous_gifts").HIDE


def test_they_are_hidden_once_and_nothing_else_is(
    inside: Agency, alice: User, add: Any, giving: Any, places: SimpleNamespace
) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice, "reason": "asked"}
    parts = [Part(places.mine, Money(900, "USD"))]
    first = giving(add("Orpah"), (places.mine, 800))
    second = correct_gift(**act, gift=first, key="a", parts=parts).replacement
    third = correct_gift(**act, gift=second, key="b", parts=parts, anonymous=True).replacement
    back = refund_gift(**act, gift=third, amount=Money(100, "USD"), on=inside.today(), key="c")
    open_one = giving(add("Ruth"), (places.mine, 700))
    open_back = refund_gift(**act, gift=open_one, amount=Money(100, "USD"), on=inside.today(), key="d")
    Gift.objects.filter(pk__in=[first.pk, second.pk, back.pk]).update(anonymous=False)  # as it stood before
    changed = []
    for _twice in range(2):
        with connection.cursor() as cursor:
            cursor.execute(HIDE)
            changed.append(cursor.rowcount)
    assert changed == [3, 0]
    hidden = set(Gift.objects.filter(anonymous=True).values_list("pk", flat=True))
    assert hidden == {first.pk, second.pk, third.pk, back.pk}
    assert not Gift.objects.get(pk=open_back.pk).anonymous
