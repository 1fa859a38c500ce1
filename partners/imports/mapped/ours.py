"""What values of a file may mean: our designations, ways to pay, kinds, and how often."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from funds.models import Designation
from imports.mapping.rules import value_key
from partners.imports.mapped.facts import GIFTS
from partners.imports.mapped.values import PAID, UNPAID
from partners.models import Commitment, Gift, Partner

DESIGNATION = "designation"


def our_values(seat: Seat, kind: str, fact: str) -> list[tuple[str, str]]:
    """(Our value, what people call it). One query for designations, none for the rest."""
    if fact == DESIGNATION:
        found = Designation.objects.seen_by(seat).values_list("code", "shown_name")
        return [(code, f"{code} {name}") for code, name in found]
    return [(str(value), str(label)) for value, label in _few(kind, fact)]


def _few(kind: str, fact: str) -> list[tuple[Any, Any]]:
    if fact == "method":
        return list(Gift.Method.choices)
    if fact == "frequency":
        return list(Commitment.Frequency.choices)
    if fact == "status":
        return [(PAID, _("Paid")), (UNPAID, _("Not paid, or not yet"))]
    return list(Gift.Kind.choices if kind == GIFTS else Partner.Kind.choices)


def our_value(kind: str, fact: str, text: str) -> str:
    """Our value that is meant by a code, a name, or both as they are offered; "" for none."""
    said = text.strip()
    if fact != DESIGNATION:
        return next((str(value) for value, label in _few(kind, fact) if value_key(said) in _written(value, label)), "")
    codes = {said, said.partition(" ")[0]}
    found = list(Designation.objects.filter(code__in=codes).values_list("code", flat=True))
    if said in found or len(found) == 1:
        return said if said in found else found[0]
    named = Designation.objects.filter(public_name__iexact=said).values_list("code", flat=True)[:2]
    return named[0] if len(named) == 1 else ""


def _written(value: Any, label: Any) -> set[str]:
    return {value_key(str(value)), value_key(str(label))}
