"""The lists of partners, gifts and commitments as lists whose filter can be saved.

Words that one looks for, and single partners, are no part of a view: shared, they would tell a name.
"""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest

from agencies.saved_views import Bar, Choices, Listing, saved_bar
from agencies.seats import Seat
from partners.forms.commitment_lists import CommitmentFilter
from partners.forms.lists import GiftFilter, PartnerFilter
from partners.queries import gifts, partners
from partners.queries.commitments import ORDERS as COMMITMENT_ORDERS
from ssu.telling import tells
from ssu.unit_filters import guarded_words

ON = "on"
SORT = "sort"
TELLING = frozenset({"q", "partner", "run"})


def saved_lists() -> list[Listing]:
    """Each list with the parameters that a view of it keeps: its filter and its order."""
    return [
        listing("partners", "partners.view", PartnerFilter, partners.ORDERS),
        listing("gifts", "gifts.view", GiftFilter, gifts.ORDERS),
        listing("commitments", "partners.care", CommitmentFilter, COMMITMENT_ORDERS),
    ]


def listing(key: str, right: str, form: type[forms.Form], orders: Collection[str]) -> Listing:
    """A list whose address has the name `key`, with the filter of this form and these orders."""
    names = tuple(name for name in form.base_fields if name not in TELLING)
    return Listing(
        key,
        key,
        right,
        (*names, SORT),
        partial(offered, form=form, orders=orders),
        known=partial(guarded_words, known=True),
        hidden=partial(guarded_words, known=False),
        tells=tells,
    )


def offered(seat: Seat, form: type[forms.Form], orders: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """What each field may be set to by this seat: a field that the seat has not, to nothing; days are free words. A
    query for each field that offers rows.
    """
    fields = form(seat=seat).fields  # type: ignore[call-arg]
    found: dict[str, Mapping[str, Any]] = {SORT: {way: "" for order in orders for way in (order, f"-{order}")}}
    for name in form.base_fields:
        field = fields.get(name)
        if field is None:
            found[name] = {}
        elif isinstance(field, forms.BooleanField):
            found[name] = {ON: field.label}
        elif hasattr(field, "choices"):
            found[name] = {str(value): label for value, label in field.choices if value != ""}
    return found


def bar(request: HttpRequest, key: str, form: forms.Form) -> Bar:
    """The saved views above a list whose filter was found valid: what it holds needs no look at what it may hold. One
    query, a second one when others share a view.
    """
    judged: dict[str, Choices] = {name: {value: ""} for name in form.fields if (value := request.GET.get(name))}
    return saved_bar(request, key, judged)
