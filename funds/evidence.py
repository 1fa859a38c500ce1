"""A unit's designation as evidence for action item 6.1: gifts for the unit are received and processed here."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from agencies.models import Agency
from funds.models import Designation, Entry, Posting
from ssu.evidence import Resolver, Thing
from ssu.models import Unit

KIND: Final = "funds.designation"


def as_thing(designation: Designation, agency: Agency) -> Thing:
    """A designation proves the item while it is open, the agency is live, and a gift was posted to it since. The code
    names it: its name may be kept.
    """
    trouble = ""
    if designation.closed_on is not None and designation.closed_on <= agency.today():
        trouble = f"Designation {designation.code} is closed."
    elif not agency.is_live():
        trouble = "The agency does not work with this system yet: two people sign on the page “Going live”."
    elif not designation.received:  # type: ignore[attr-defined]
        trouble = f"No gift for {designation.code} has been posted since the agency went live."
    label, args = f"designation {designation.code}", (designation.pk,)
    return Thing(designation.pk, designation.unit_id or 0, label, "gifts.view", "designation", args, trouble)


def received_lately() -> Exists:
    """Whether a gift was posted to a designation on or after the go-live date, and stands: neither what was taken back
    since nor a refund tells that gifts come.
    """
    gifts = Entry.objects.filter(
        account__designation=OuterRef("pk"),
        posting__kind=Posting.Kind.GIFT,
        posting__date__gte=OuterRef("agency__live_on"),
        posting__reversals=None,
        amount__lt=0,
    )
    return Exists(gifts)


def offered(unit: Unit) -> Sequence[Thing]:
    """The unit's own designations that stand open, by code. One query."""
    found = Designation.objects.filter(kind=Designation.Kind.UNIT, unit=unit).open_on(unit.agency.today())
    return [as_thing(each, unit.agency) for each in with_facts(found)]


def found(ids: Collection[int]) -> dict[int, Thing]:
    """Designations of units by id. One query."""
    rows = Designation.objects.filter(pk__in=ids, kind=Designation.Kind.UNIT)
    return {each.pk: as_thing(each, each.agency) for each in with_facts(rows)}


def with_facts(rows: QuerySet[Designation]) -> Sequence[Designation]:
    """The rows with their agency and whether gifts came."""
    return list(rows.select_related("agency").annotate(received=received_lately()).order_by("code"))


DESIGNATIONS = Resolver("Designation", offered, found, keys=("6.1",), page="", right="gifts.view")
