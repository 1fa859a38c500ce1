"""The filter of a report on its page: what stands in front, what is folded, and what is in use."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from partners.forms.giving_reports import TIMES, ReportFilter
from partners.pages.chips import Chip

IN_FRONT = ("unit", "currency")


@dataclass(frozen=True)
class Parts:
    """The fields in three parts; `is_open` where a folded one is in use."""

    front: list[Any]
    folded: list[Any]
    columns: list[Any]
    is_open: bool


def parts_of(form: ReportFilter) -> Parts:
    """Times, unit and currency in front; all others are folded, columns by themselves."""
    fields = {field.name: field for field in form}
    front = [fields[name] for name in (*TIMES[form.report], *IN_FRONT) if name in fields]
    columns = [field for name, field in fields.items() if name.startswith("show_")]
    folded = [field for field in fields.values() if field not in front and field not in columns]
    used = any(form.data.get(field.name) for field in [*folded, *columns])
    return Parts(front, folded, columns, used)


def chips_of(form: ReportFilter, query: QueryDict) -> list[Chip]:
    """What narrows the report now, each with the address without it."""
    return [
        Chip(said(form, name, value), without(query, name))
        for name in form.fields
        if (value := query.get(name)) and not name.startswith("show_")
    ]


def said(form: ReportFilter, name: str, value: str) -> str:
    """A filter in words."""
    label, words = form.fields[name].label, form.offered.get(name, {}).get(value, value)
    return str(label) if name == "held" else f"{label}: {words}"


def without(query: QueryDict, name: str) -> str:
    """The address without one filter."""
    rest = query.copy()
    for gone in (name, "page"):
        rest.pop(gone, None)
    return f"?{rest.urlencode()}"
