"""What stands of gifts in the database: by whom, for what, and whether their lines are the gifts."""

from collections import Counter

from partners.models import GiftLine
from tests.partners.machine.books import Books, Place
from tests.partners.machine.world import World

Held = Counter[tuple[int | None, Place, str]]
"""Partner, place, currency."""
COLUMNS = (
    *("gift", "gift__amount", "gift__giving_unit__partner", "gift__soft_partner"),
    *("designation", "gift__currency", "amount"),
)


def given_in(world: World) -> tuple[Held, Held]:
    """What each partner gave, and what they are credited with; a line of a gift that does not stand is none."""
    gave, credited, totals, of_lines = Held(), Held(), dict[int, int](), Counter[int]()
    for gift, amount, partner, soft, designation, currency, minor in GiftLine.objects.standing().values_list(*COLUMNS):
        place = world.place_of(designation)
        gave[partner, place, currency] += minor
        credited[soft, place, currency] += minor
        totals[gift] = amount
        of_lines[gift] += minor
    assert dict(of_lines) == totals
    return gave, credited


def given_by(books: Books, world: World, at: list[int]) -> tuple[Held, Held]:
    """The same by the model: everybody's is with whom they were merged into."""
    gave, credited = Held(), Held()
    for gift in books.standing():
        partner = None if gift.who is None else world.people[at[gift.who]].pk
        soft = None if gift.soft is None else world.people[at[gift.soft]].pk
        for line in gift.lines:
            gave[partner, line.place, gift.currency] += line.minor
            credited[soft, line.place, gift.currency] += line.minor
    return gave, credited


def without_zeros(held: Held) -> dict[tuple[int | None, Place, str], int]:
    return {key: minor for key, minor in held.items() if minor}
