"""What anybody may call a designation: statements leave the agency (trust rule T6)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Value, When

from funds.models import Designation
from funds.models.discretion import closed_unit, shown_designation_name


class PublicName(NamedTuple):
    """`is_closed`: free text about gifts to it, such as memos, is not repeated either."""

    name: str
    is_closed: bool


def public_names() -> dict[int, PublicName]:
    """The public name of each designation, by id. One query; there are few designations and many lines."""
    closed = Case(When(closed_unit("unit", None), then=Value(True)), default=Value(False), output_field=BooleanField())
    found = Designation.objects.annotate(anybody=shown_designation_name(None), closed=closed)
    return {pk: PublicName(name, shut) for pk, name, shut in found.values_list("pk", "anybody", "closed")}


def tells_closed(content: dict[str, Any], names: Mapping[int, PublicName]) -> bool:
    """Whether a content says another name of a designation than anybody may say now that its unit is closed."""
    return any(
        names[line["designation_id"]].is_closed and names[line["designation_id"]].name != line["designation"]
        for line in content["lines"]
        if line["designation_id"] is not None
    )
