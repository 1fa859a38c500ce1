"""Lists as files: the rows of the screen, all pages of them, written down in the audit trail."""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpResponse

from agencies import audit
from agencies.access import AgencyRequest
from core.errors import Refused
from core.export import Cell, csv_download, xlsx_download

MOST_ROWS = 50_000
FORMATS: dict[str, Callable[..., HttpResponse]] = {"csv": csv_download, "xlsx": xlsx_download}
Sheet = Callable[[], tuple[Sequence[str], Sequence[Sequence[Cell]]]]


class TooManyRows(Refused):
    """A file is answered whole, so it has a limit."""

    code = "too_many_rows"
    status = 413
    message = (
        "The list has more than 50,000 rows. Filter it, for example by year, and export the parts one after another."
    )


def whole(found: Any) -> Any:
    """The rows of all pages. Raises TooManyRows."""
    if found[MOST_ROWS : MOST_ROWS + 1].exists():
        raise TooManyRows
    return found


def wants_file(request: AgencyRequest) -> bool:
    """Whether the list is asked for as a file: `?export=csv` or `?export=xlsx`."""
    return request.GET.get("export") in FORMATS


@reauthentication_required  # type: ignore[untyped-decorator]
def download(request: AgencyRequest, name: str, sheet: Sheet) -> HttpResponse:
    """The file, for somebody who gave the password lately (trust rule T13), after noting who took how many rows.

    The filter's words may be names, so only its fields are kept.
    """
    kind = request.GET["export"]
    header, rows = sheet()
    fields = sorted(field for field, value in request.GET.items() if value and field not in {"export", "page"})
    audit.record(
        actor=request.user, verb=f"export {name}", changes={"rows": len(rows), "filters": fields, "format": kind}
    )
    return FORMATS[kind](f"{name}-{request.seat.agency.today():%Y-%m-%d}", header, rows)


def export_links(request: AgencyRequest) -> list[tuple[str, str]]:
    """The list as files: label and address, with the filters and the order of the screen."""
    query = request.GET.copy()
    query.pop("page", None)
    links = []
    for kind in FORMATS:
        query["export"] = kind
        links.append((kind.upper(), f"?{query.urlencode()}"))
    return links


def site() -> str:
    """Where the links of a file lead."""
    return str(settings.SITE_URL).rstrip("/")
