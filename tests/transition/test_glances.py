"""This month at a glance: each currency by itself."""

from datetime import date

from agencies.models import Agency
from transition.pages.months import glances
from transition.queries.months import Sum


def test_each_currency_by_itself_the_base_currency_first() -> None:
    agency = Agency(slug="harbor", base_currency="USD", locale="en_US")
    sums = {"CAD": Sum(before=24_500, stayed=24_500), "EUR": Sum(new=9_000), "USD": Sum(before=100, moved=60, lost=40)}
    found = glances(agency, 7, date(2026, 11, 1), sums)
    assert [each.currency for each in found] == ["USD", "CAD", "EUR"]
    assert [(tile["label"], tile["meta"]) for tile in found[0].tiles if tile["meta"] > "0%"] == [
        ("Moved", "60%"),
        ("Lost", "40%"),
    ]
    assert [(tile["label"], tile["value"]) for tile in found[2].tiles] == [("New", "€90.00")]
