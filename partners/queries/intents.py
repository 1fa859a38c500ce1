"""How much came with words of the giver: a transfer leaves it where it was given."""

from django.db.models import Exists, OuterRef, Sum

from partners.models import GiftLine


def intended(designation_id: int, currency: str) -> int:
    """What standing lines of a designation brought in that came with words, less what of these gifts went back, in
    minor units. Two queries.
    """
    standing = GiftLine.objects.standing().filter(designation=designation_id, gift__currency=currency)
    said = standing.exclude(intent="").filter(amount__gt=0)
    back = standing.filter(Exists(said.filter(gift=OuterRef("gift__reverses"))), amount__lt=0)
    return sum(int(lines.aggregate(total=Sum("amount"))["total"] or 0) for lines in (said, back))
