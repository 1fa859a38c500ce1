"""What row-level security costs: the statements of real pages behind it, and past it with an explicit filter."""

import math
from collections.abc import Callable

from benchmarks.registry import benchmark
from benchmarks.replay import both_ways, caught
from benchmarks.results import Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import Place, World, inside

GOAL = Goal(1.10, 1.05)
Page = Callable[[Place], object]


def gift_list(place: Place) -> object:
    """The first page of the list of gifts, with its totals."""
    from partners.pages.gift_list import gift_rows
    from partners.queries.gifts import Wanted, gifts_wanted, totals, with_lines

    wanted = Wanted()
    page = with_lines(place.seat, wanted, gifts_wanted(place.seat, wanted))[:50]
    return gift_rows(place.seat, page), totals(place.seat, wanted)


def partner_list(place: Place) -> object:
    """The first page of the list of partners, with their figures."""
    from partners.pages.partner_list import partner_rows
    from partners.queries.partners import Wanted, ordered, partners_wanted

    return partner_rows(place.seat, list(ordered(place.seat, partners_wanted(place.seat, Wanted()), "name")[:50]))


def designation_months(place: Place) -> object:
    """One designation month by month."""
    from funds.models import Designation
    from funds.queries import month_rows

    return month_rows(Designation.objects.order_by("pk").first())


def partner_history(place: Place) -> object:
    """One partner's gifts and totals by year."""
    from partners.models import Partner
    from partners.queries.figures import totals_by_year
    from partners.queries.gifts import Wanted, gifts_wanted, with_lines

    partner = Partner.objects.order_by("pk").first()
    wanted = Wanted(partner_id=partner.pk)
    return list(with_lines(place.seat, wanted, gifts_wanted(place.seat, wanted))), totals_by_year(
        place.seat, partner.pk
    )


def dashboard(place: Place) -> object:
    """The card of finance: what came in this year."""
    from home.cards.finance import received

    return received(place.seat)


PAGES: dict[str, Page] = {
    "gift list": gift_list,
    "partner list": partner_list,
    "partner history": partner_history,
    "designation months": designation_months,
    "dashboard": dashboard,
}


def cell(world: World, place: Place, page: Page, name: str) -> Result:
    """One page in one agency."""
    with inside(place):
        statements = caught(lambda: page(place))
    behind, past = both_ways(world, place.agency.pk, statements)
    subject, reference = in_turn(behind, past, rounds=world.scale.rounds * 5)
    return Result(name, "behind RLS", "explicit filter", subject, reference)


@benchmark("rls")
def isolation(world: World) -> list[Result]:
    """Each page in the big agency and in a usual one, and the geometric mean of all."""
    cells = [
        cell(world, place, page, f"rls: {name}, {size}")
        for size, place in (("big", world.big), ("usual", world.usual))
        for name, page in PAGES.items()
    ]
    mean = math.exp(sum(math.log(each.ratio) for each in cells) / len(cells))
    worst = max(cells, key=lambda each: each.ratio)
    remark = f"the worst cell is {worst.name.removeprefix('rls: ')} with {worst.ratio:.2f}; no cell may pass 1.3"
    past = sum(each.reference_ms for each in cells) / len(cells)
    return [Result("rls", "geometric mean behind RLS", "explicit filter", mean * past, past, GOAL, remark), *cells]
