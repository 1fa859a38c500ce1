"""What anybody may call a designation: statements leave the agency (trust rule T6)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from agencies.seats import Seat
from funds.models import Designation
from funds.models.discretion import is_withheld, shown_designation_name
from reports.models import StatementIssue


class PublicName(NamedTuple):
    """`is_closed`: free text about gifts to it, such as memos, is not repeated either."""

    name: str
    is_closed: bool


def public_names() -> dict[int, PublicName]:
    """The public name of each designation, by id. One query; there are few designations and many lines."""
    found = Designation.objects.annotate(anybody=shown_designation_name(None), closed=is_withheld(None))
    return {pk: PublicName(name, shut) for pk, name, shut in found.values_list("pk", "anybody", "closed")}


def tells_closed(content: dict[str, Any], names: Mapping[int, PublicName]) -> bool:
    """Whether a content says another name of a designation than anybody may say now that its unit is closed."""
    return any(
        names[said["designation_id"]].is_closed and names[said["designation_id"]].name != said["designation"]
        for said in [*content["lines"], *content["credits"]]
        if said.get("designation_id") is not None
    )


def bundle_may_be_had(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Whether a seat may have the bundle of a year: not when a statement in it names what was closed afterwards and the
    seat may not know the name (trust rule T6: raising a level takes effect at once, stored PDFs included).
    """
    if seat.unit_ids("units.unmask") is None:
        return True
    names = public_names()
    contents = StatementIssue.objects.filter(year=arguments["year"]).values_list("content", flat=True)
    return not any(tells_closed(content, names) for content in contents.iterator(chunk_size=500))
