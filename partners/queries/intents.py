"""How much came with words of the giver: a transfer leaves it where it was given."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Sum

from partners.models import GiftLine


def intended(designation_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """What standing lines of designations brought in that came with words, less what of these gifts went back, in
    minor units, by designation and currency. Two queries.
    """
    standing = GiftLine.objects.standing().filter(designation__in=list(designation_ids))
    said = standing.exclude(intent="").filter(amount__gt=0)
    of_same = said.filter(gift=OuterRef("gift__reverses"), designation=OuterRef("designation"))
    found: Counter[tuple[int, str]] = Counter()
    for lines in (said, standing.filter(Exists(of_same), amount__lt=0)):
        sums = lines.values("designation_id", "gift__currency").annotate(total=Sum("amount")).order_by()
        for row in sums:
            found[row["designation_id"], row["gift__currency"]] += int(row["total"])
    return dict(found)
