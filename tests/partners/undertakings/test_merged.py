"""What two records undertake, when they become one and two again."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from partners import operations
from partners.models import Partner, Undertaking

Take = Callable[..., Undertaking]


def of(partner: Partner) -> list[tuple[int | None, str, bool]]:
    rows = Undertaking.objects.filter(partner=partner).order_by("pk")
    return [(row.unit_id, row.kind, row.ends_on is None) for row in rows]


def test_it_goes_over_but_for_what_the_survivor_undertakes_already(
    act: dict[str, Any], ruth: Partner, add: Any, take: Take, led: SimpleNamespace
) -> None:
    gone, mine, general = add("Moab", first_name="Rut"), led.open.pk, None
    take()
    for more in ({}, {"unit": None}, {"kind": "promote"}):
        take(partner=gone, **more)
    ended = take(partner=gone, unit=led.careful)
    operations.end_undertaking(**act, undertaking=ended, on=act["agency"].today())
    before = (of(ruth), of(gone))
    merge = operations.merge_partners(**act, survivor=ruth, losers=[gone])[0]
    careful = led.careful.pk
    assert of(ruth) == [
        (mine, "pray", True), (general, "pray", True), (mine, "promote", True), (careful, "pray", False)
    ]  # fmt: skip
    assert of(gone) == [(mine, "pray", True)]
    operations.undo_merge(**act, merge=merge)
    assert (of(ruth), of(gone)) == before


def test_what_is_written_for_a_merged_record_lands_with_the_survivor(
    act: dict[str, Any], ruth: Partner, add: Any, take: Take
) -> None:
    gone = add("Moab", first_name="Rut")
    operations.merge_partners(**act, survivor=ruth, losers=[gone])
    assert take(partner=gone).partner == ruth
    raw = {"agency": act["agency"], "partner": gone, "kind": "promote", "starts_on": act["agency"].today()}
    made = Undertaking.objects.create(**raw)
    assert Undertaking.objects.get(pk=made.pk).partner == ruth
