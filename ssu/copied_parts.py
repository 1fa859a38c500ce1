"""The parts of a unit that this app copies: its goal, the agency's own items that it was given, its plan of days."""

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from ssu.copying import Copying, Part
from ssu.models import ActionItem, ImpactGoal, Unit
from ssu.operations.goals import add_goal_version
from ssu.operations.own_items import give_item
from ssu.queries.goals import goal_that_counts


def goals(seat: Seat, source: Unit) -> int:
    return min(1, ImpactGoal.objects.filter(unit=source).count()) if seat.can("rollout.view", source.pk) else 0


def copy_goal(work: Copying) -> None:
    """The words and indicator of the version that counts, as a first version that nobody has approved: baseline,
    target and day are those of another place.
    """
    model = goal_that_counts(work.source.pk)
    if model is not None:
        add_goal_version(
            agency=work.agency,
            actor=work.actor,
            unit=work.made,
            taken_from=model,
            statement=work.without_names(model.statement),
            reinforces=work.without_names(model.reinforces),
            indicator=work.without_names(model.indicator),
            unit_of_measure=work.without_names(model.unit_of_measure),
        )


def given_items(source: Unit) -> list[ActionItem]:
    """The own items that the unit was given by name, and that are not retired: the others come by themselves."""
    found = ActionItem.objects.filter(unit=source, own_item__for_all=False, own_item__retired_at=None)
    return list(found.select_related("own_item").in_order())


def own_items(seat: Seat, source: Unit) -> int:
    return len(given_items(source)) if seat.can("rollout.view", source.pk) else 0


def copy_own_items(work: Copying) -> None:
    """The same own items, open."""
    for item in given_items(work.source):
        give_item(item.own_item, [work.made])


def days(seat: Seat, source: Unit) -> int:
    if not seat.can("rollout.view", source.pk):
        return 0
    return int(ActionItem.objects.filter(unit=source, due_on__isnull=False).count())


def copy_days(work: Copying) -> None:
    """The days by which items are due, moved so that the first one falls on the day that was chosen. Nobody is
    assigned.
    """
    dated = ActionItem.objects.filter(unit=work.source, due_on__isnull=False)
    first = dated.aggregate(first=Min("due_on"))["first"]
    if first is None or work.first_due_on is None:
        return
    moved = {key: work.first_due_on + (due - first) for key, due in dated.values_list("key", "due_on")}
    items = list(ActionItem.objects.filter(unit=work.made, key__in=moved))
    for item in items:
        item.due_on = moved[item.key]
    ActionItem.objects.bulk_update(items, ["due_on"])


PARTS = (
    Part(10, "goal", _("Impact goal: its words and indicator, as a draft"), goals, copy_goal, ("ssu.ImpactGoal",)),
    Part(20, "own_items", _("Your agency's own action items"), own_items, copy_own_items, ()),
    Part(30, "plan", _("Plan: days by which items are due"), days, copy_days, ()),
)
