"""Whose name may be read beside a gift: the giver of an anonymous gift is hidden from everyone in the field."""

from django.db import models
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from agencies.seats import Seat


def in_field(seat: Seat) -> bool:
    """Whether the seat reaches single units only, and so must not learn who gave anonymously."""
    return seat.unit_ids("gifts.view") is not None


def shown_giver(seat: Seat, prefix: str = "") -> Case | F:
    """What this seat may call the giver of a gift; `prefix` is the path to the gift ("gift__"), "" for itself."""
    name = F(f"{prefix}giving_unit__name")
    if not in_field(seat):
        return name
    hidden = When(**{f"{prefix}anonymous": True}, then=Value(_("Anonymous giver")))
    return Case(hidden, default=name, output_field=models.CharField())
