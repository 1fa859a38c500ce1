"""For who serves in a unit: which step are we on, what is next, are we funded?"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.seats import Seat
from budgets import queries as budgets
from budgets import showing
from home.cards.coaching import my_coaching, own_coaching
from home.cards.parts import Card, Row, url
from ssu.models import ActionItem
from ssu.pages.goals import impact_words
from ssu.pages.rollout import tracker
from ssu.queries.goals import NO_GOAL, GoalPage, goal_pages
from ssu.queries.home import MyUnit, NextItem, next_items, waiting_for_confirmation
from ssu.queries.home import my_units as units_of
from ssu.queries.quiet import declared_among


def my_units(seat: Seat) -> list[Card]:
    """What waits for this person’s confirmation; one tracker and one coverage bar per unit; what one is coached in.
    Where nothing waits, that is said last, and not to those who never confirm.
    """
    mine = units_of(seat)
    covered = coverage(seat, mine)
    declared = declared_among([each.unit.pk for each in mine if each.progress.is_settled])
    following = {each.item.unit_id: each for each in next_items(seat)}
    impact = goal_pages([each.unit.pk for each in mine])
    cards = []
    for each in mine:
        pk = each.unit.pk
        cards += [unit_card(seat, each, following.get(pk), impact.get(pk, NO_GOAL), is_declared=pk in declared)]
        cards += [covered[pk]] if pk in covered else []
    cards += [*own_giving(seat), *own_coaching(seat)]
    waiting = confirmations(seat)
    if waiting.rows:
        return [waiting, *cards]
    return [*cards, *([waiting] if seat.unit_ids("rollout.confirm") != frozenset() else [])]


def coach(seat: Seat) -> list[Card]:
    """For the coach: who still needs coaching, then the units."""
    return [*my_coaching(seat), *my_units(seat)]


def unit_card(seat: Seat, mine: MyUnit, following: NextItem | None, impact: GoalPage, *, is_declared: bool) -> Card:
    """The six steps of one unit, what comes next named, and where the indicator of its goal stands."""
    progress = mine.progress
    rows = []
    if following:
        late = _("%(days)s days late") % {"days": following.days_late} if following.days_late else ""
        words = _("Next: step %(step)s") % {"step": following.item.step}
        rows = [Row(following.item.shown_wording, words, item_url(seat, following.item), status=late, tone="bad")]
    elif mine.progress.is_settled and not is_declared:
        words = _("Declare the roll-out complete")
        rows = [Row(words, _("Next: every action item is settled"), url(seat, "rollout", mine.unit.pk))]
    counts = impact.current
    title = capfirst(counts.indicator) if counts and counts.indicator else _("Impact goal")
    rows.append(Row(title, impact_words(seat, impact), url(seat, "goal", mine.unit.pk)))
    return Card(
        id=f"unit-{mine.unit.pk}",
        title=mine.unit.shown_name,
        meta=progress.words,
        rows=rows,
        tasks=tracker(seat, mine.unit, progress),
        action_label=_("Open roll-out"),
        action_url=url(seat, "rollout", mine.unit.pk),
    )


def item_url(seat: Seat, item: ActionItem) -> str:
    """The page of an action item."""
    return url(seat, "item", item.unit_id, item.key)


def coverage(seat: Seat, mine: list[MyUnit]) -> dict[int, Card]:
    """The coverage of my units' budgets, by unit, for whom budgets are open."""
    reached = [each.unit.pk for each in mine if seat.can("budgets.view", each.unit.pk)]
    year = budgets.latest_year(seat.agency)
    found = list(budgets.budgets_in_force(seat, year).filter(unit_id__in=reached))
    covered = budgets.coverage_of(seat.agency, found)
    names = {each.unit.pk: each.unit.shown_name for each in mine}
    return {
        budget.unit_id: Card(
            id=f"coverage-{budget.unit_id}",
            title=_("Is %(unit)s funded? Fiscal year %(year)s") % {"unit": names[budget.unit_id], "year": year},
            chart=showing.bar(f"coverage-{budget.pk}", covered[budget.pk], seat.agency.locale),
            action_label=_("Open the budget"),
            action_url=url(seat, "budget", budget.pk),
        )
        for budget in found
    }


def own_giving(seat: Seat) -> list[Card]:
    """The way to what was given to one's own work: members have no page of gifts that leads there."""
    if not seat.can("partners.care"):
        return []
    why = _("month by month, who is new and who stopped; all of it as a TntConnect file")
    return [
        Card(
            id="own-giving",
            title=_("What was given to my work?"),
            rows=[Row(_("My giving"), why, url(seat, "own_giving"))],
        )
    ]


def confirmations(seat: Seat) -> Card:
    """Claims of others that this person may confirm."""
    waiting = waiting_for_confirmation(seat)
    rows = [
        Row(item.shown_wording, item.unit_name, item_url(seat, item), status=_("Ready to confirm"), tone="prog")
        for item in waiting
    ]
    return Card(
        id="confirm",
        title=_("Waiting for your confirmation"),
        rows=rows,
        quiet=_("Nothing waits for you. When somebody claims an item of a unit you look after, it stands here."),
    )
