"""What a declaration that a unit's roll-out is complete rests on."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from ssu.models import ActionItem, ItemEvent, RollOut, State
from ssu.states import CONFIRMING

EVIDENCE = (ItemEvent.Kind.EVIDENCE_ADDED, ItemEvent.Kind.EVIDENCE_REMOVED)


@dataclass(frozen=True)
class Settled:
    """How many items were confirmed, and how many set as not applicable."""

    confirmed: int
    not_applicable: int


def set_aside_by(unit_id: int) -> dict[str, int | None]:
    """Who set those of the eleven items of a unit aside that stand so today, by key: the user id. One query."""
    acts = ItemEvent.objects.filter(item=OuterRef("pk"), kind=ItemEvent.Kind.NOT_APPLICABLE).order_by("-pk")
    aside = ActionItem.objects.filter(unit=unit_id, state=State.NOT_APPLICABLE, own_wording="")
    return dict(aside.annotate(by=Subquery(acts.values("by")[:1])).in_order().values_list("key", "by"))


def settled_when_declared(declared: RollOut) -> Settled:
    """How the items stood on the moment of a declaration, from the last act on each until then. One query."""
    acts = ItemEvent.objects.filter(item__unit=declared.unit_id, at__lte=declared.declared_at).exclude(
        kind__in=EVIDENCE
    )
    last = list(acts.order_by("item", "-pk").distinct("item").values_list("kind", flat=True))
    return Settled(sum(kind in CONFIRMING for kind in last), last.count(ItemEvent.Kind.NOT_APPLICABLE))
