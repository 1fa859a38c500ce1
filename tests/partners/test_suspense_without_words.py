"""A line that came without a word of where it belongs: assigned, it is still the same line to its refunds."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.operations import apply_import, check_import, receive_file
from partners import operations
from partners.models import GiftLine
from partners.operations.suspense import RefundsRestOnIt
from partners.proofs import prove_designations
from tests.partners.suspended import holds, refund

HEAD = "source,gift_id,gift_date,donor_id,designation,amount,currency"
DAY = date(2026, 3, 1)


Bring = Callable[..., GiftLine]


@pytest.fixture
def bring(inside: Agency, alice: User, places: SimpleNamespace) -> Bring:
    """A gift of a file with these designations and amounts; its line with a blank cell is assigned to the fund."""

    def act(*parts: tuple[str, str]) -> GiftLine:
        rows = [f"TNT,1,{DAY},7,{code},{amount},USD" for code, amount in parts]
        content = "\n".join([HEAD, *rows]).encode()
        said: dict[str, Any] = {"name": "g.csv", "content": content, "format_name": "generic_gifts", "check": False}
        run = receive_file(agency=inside, actor=alice, **said)
        apply_import(agency=inside, actor=alice, run=check_import(agency=inside, run=run))
        line, to = GiftLine.objects.get(designation=None), places.general
        return operations.assign_line(agency=inside, actor=alice, line=line, designation=to, reason="asked", key="a")

    return act


def test_a_refund_of_it_is_one_of_that_line(bring: Bring, inside: Agency, alice: User, places: SimpleNamespace) -> None:
    made = refund(inside, alice, bring(("", "60.00"), ("0900", "40.00")), 5000, "r")
    lines = made.lines.order_by("designation_key").values_list("designation_key", "designation", "amount")
    assert list(lines) == [("", places.general.pk, -3000), ("0900", places.general.pk, -2000)]
    assert (holds(places.general), prove_designations(inside).differences) == (5000, [])


def test_a_refund_of_it_holds_it_where_it_is(bring: Bring, inside: Agency, alice: User) -> None:
    line = bring(("", "60.00"))
    refund(inside, alice, line, 5000, "r")
    with pytest.raises(RefundsRestOnIt):
        operations.take_back_assignment(agency=inside, actor=alice, line=line, reason="asked", key="b")
