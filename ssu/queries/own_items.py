"""The agency's own action items: their words, who has them, how far they are."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from ssu.models import ActionItem, Discretion, OwnItem, OwnItemWording, Unit
from ssu.models.rollout import SETTLED
from ssu.telling import tells


def newest_words() -> Subquery:
    """The words that stand of the own item of a queryset."""
    newest = OwnItemWording.objects.filter(own_item=OuterRef("pk")).order_by("-version")
    return Subquery(newest.values("wording")[:1])


def wording_of(own_item: OwnItem) -> str:
    """The words that stand."""
    newest = OwnItemWording.objects.filter(own_item=own_item).order_by("-version")
    return str(newest.values_list("wording", flat=True)[0])


def own_items() -> QuerySet[Any]:
    """All own items by step, each with `words`, the number of active `units_with` it and of those where it is
    `settled`. One query.
    """
    active = Q(items__unit__status="active")
    found: QuerySet[Any] = OwnItem.objects.annotate(
        words=newest_words(),
        units_with=Count("items", filter=active),
        settled=Count("items", filter=active & Q(items__state__in=SETTLED)),
    ).order_by("step", "number")
    return found


def wordings(own_item: OwnItem) -> Sequence[OwnItemWording]:
    """Every version of an item's words, the newest first."""
    return list(OwnItemWording.objects.filter(own_item=own_item).select_related("written_by").order_by("-version"))


def telling_of(unit: Unit) -> list[Any]:
    """The agency's own items that stand in a roll-out in words that tell the name or place of a closed unit, each with
    its `words` of today. Words that were claimed stay until the item is opened again, so they count too. Two queries.
    """
    if unit.discretion != Discretion.CLOSED:
        return []
    worded = ActionItem.objects.exclude(own_item=None).values_list("own_item", "own_wording").distinct()
    telling = {pk for pk, words in worded if tells(words, unit.name, unit.place)}
    found = OwnItem.objects.annotate(words=newest_words()).order_by("step", "number")
    return [each for each in found if each.pk in telling or tells(each.words, unit.name, unit.place)]
