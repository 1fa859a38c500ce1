"""The agency's own action items: their words, who has them, how far they are."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from ssu.models import OwnItem, OwnItemWording
from ssu.models.rollout import SETTLED


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
