"""Pages of long lists, the newest first, by where the last one ended: the thousandth is as fast as the first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

SIZE = 50


@dataclass(frozen=True)
class KeysetPage:
    """The rows of a page, and the addresses of the newer and the older ones ("" where there are none)."""

    rows: list[Any]
    previous_url: str
    next_url: str


def page_of(found: "QuerySet[Any]", query: QueryDict, day: str = "", size: int = SIZE) -> KeysetPage:
    """A page of rows in the order of `day` (a field's path) and number, or of number alone, the newest first."""
    before, after = place(query.get("before", ""), day), place(query.get("after", ""), day)
    order = [f"-{day}", "-pk"] if day else ["-pk"]
    if after is not None and before is None:
        newer = found.filter(beyond(day, "gt", after)).order_by(*(name.removeprefix("-") for name in order))
        rows = list(newer[: size + 1])
        more_before, more_after = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        rows = list((found.filter(beyond(day, "lt", before)) if before else found).order_by(*order)[: size + 1])
        more_before, more_after = before is not None, len(rows) > size
        rows = rows[:size]
    return KeysetPage(
        rows,
        address(query, "after", rows[0], day) if more_before and rows else "",
        address(query, "before", rows[-1], day) if more_after and rows else "",
    )


Place = tuple[date | None, int]


def place(text: str, day: str) -> Place | None:
    """Where a page begins, as the address tells; None for what is no such place."""
    head, _dot, number = text.rpartition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return (date.fromisoformat(head) if day else None), int(number)
    except ValueError:
        return None


def beyond(day: str, way: str, at: Place) -> Q:
    """Rows on one side of a place."""
    then, number = at
    if then is None:
        return Q(**{f"pk__{way}": number})
    return Q(**{f"{day}__{way}": then}) | Q(**{day: then, f"pk__{way}": number})


def address(query: QueryDict, way: str, row: Any, day: str) -> str:
    """The address of the rows on one side of a row, with the filters of this page."""
    kept = query.copy()
    for name in ("before", "after", "page"):
        kept.pop(name, None)
    value: Any = row
    for name in day.split("__") if day else ():
        value = getattr(value, name)
    kept[way] = f"{value.isoformat()}.{row.pk}" if day else str(row.pk)
    return f"?{kept.urlencode()}"
