"""What anybody may call a designation: statements leave the agency (trust rule T6)."""

from typing import NamedTuple

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
