"""Why gifts were reversed, as far as a seat may read it: one rule for every page and every program."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q

from agencies.seats import Seat
from partners.models import Gift, GiftCorrection, GiftLine
from partners.models.discretion import in_field
from partners.pages.statements import names_kept_from


def reasons_told(seat: Seat, made: Iterable[GiftCorrection]) -> dict[int, str]:
    """Gift id -> why it was reversed, "" where that is kept back. A reason speaks of the gift and of what stands in its
    place, so all lines of both are open to the seat, and no name that is kept from it stands in the words. At most
    three queries, and none where nothing was reversed.
    """
    found = list(made)
    if not found:
        return {}
    both = {pk for each in found for pk in (each.gift_id, each.replacement_id) if pk is not None}
    kept, names = gifts_kept(seat, both), names_kept_from(seat)

    def told(each: GiftCorrection) -> str:
        is_kept = not kept.isdisjoint((each.gift_id, each.replacement_id)) or names.found_in(each.reason)
        return "" if is_kept else each.reason

    return {each.gift_id: told(each) for each in found}


def gifts_kept(seat: Seat, ids: Collection[int]) -> set[int]:
    """Those of these gifts of which the seat may not know everything: a line that is closed to it or that it does not
    see, or a giver whom the field may not know. At most two queries.
    """
    lines = GiftLine.objects.filter(gift__in=ids)
    kept = set(lines.withheld_from(seat).values_list("gift", flat=True))
    if in_field(seat):
        seen = GiftLine.objects.seen_by(seat).filter(pk=OuterRef("pk"))
        partly = Exists(lines.filter(~Exists(seen), gift=OuterRef("pk")))
        kept |= set(Gift.objects.filter(Q(anonymous=True) | Q(partly), pk__in=ids).values_list("pk", flat=True))
    return kept
