"""The one way in which data leave as a file, for somebody who typed the password lately (trust rule T13), written down
in the audit trail (T15): the rows of the screen, in cells that no spreadsheet runs (T12), or a file made before.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.db.models import Model
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.text import get_valid_filename

from agencies import audit
from agencies.access import AgencyRequest
from agencies.waiting_files import after_password
from core.errors import Refused
from core.export import BOM, Cell, csv_download, csv_text, xlsx_bytes, xlsx_download

MOST_ROWS = 50_000
FORMATS: dict[str, Callable[..., HttpResponse]] = {"csv": csv_download, "xlsx": xlsx_download}
LABELS = {"csv": "CSV", "xlsx": "XLSX"}
FRAME = frozenset({"export", "page", "cursor", "limit", "offset", "sort"})
"""What stands in an address and filters nothing."""


class TooManyRows(Refused):
    """A file is answered whole, so it has a limit."""

    code = "too_many_rows"
    status = 413
    message = (
        "The list has more than 50,000 rows. Filter it, for example by year, and export the parts one after another."
    )


@dataclass(frozen=True)
class Sheet:
    """What a file holds. `name` is that of the file, without its ending; it names nobody."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Document:
    """A list in a format of its own: the name of its file with the ending, its bytes, their type, and how many rows."""

    name: str
    content: bytes
    type: str
    rows: int


def whole(found: Any) -> Any:
    """The rows of all pages. Raises TooManyRows."""
    if found[MOST_ROWS : MOST_ROWS + 1].exists():
        raise TooManyRows
    return found


def wants_file(request: AgencyRequest, formats: Collection[str] = tuple(FORMATS)) -> bool:
    """Whether the list is asked for as a file: `?export=csv` or `?export=xlsx`, or in a format of its own."""
    return request.GET.get("export") in formats


Make = Callable[[], Sheet | Document]


@reauthentication_required  # type: ignore[untyped-decorator]
def handed_out(request: AgencyRequest, what: str, make: Make, of: Model | None, label: str) -> Any:
    """The file, made only after the password, and noted: who took how many rows of what."""
    kind, made = request.GET["export"] if wants_file(request) else "csv", make()
    if isinstance(made, Document):
        kind, rows, response = request.GET["export"], made.rows, document_download(made)
    else:
        rows, response = len(made.rows), FORMATS[kind](made.name, made.header, made.rows)
    facts = {"rows": rows, "filters": filters(request.GET), "format": kind}
    audit.record(actor=request.user, verb=f"export {what}", of=of, label=label, changes=facts)
    response["Cache-Control"] = "private, no-store"
    return response


def document_download(made: Document) -> HttpResponse:
    """A document to download."""
    response = HttpResponse(made.content, content_type=made.type)
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(made.name)}"'
    return response


@reauthentication_required  # type: ignore[untyped-decorator]
def opened(request: AgencyRequest, what: str, answer: Callable[[], FileResponse], of: Model, label: str) -> Any:
    """The file that was made before, opened only after the password, and noted."""
    response = answer()
    audit.record(actor=request.user, verb=f"download {what}", of=of, label=label)
    return response


def download_made(
    request: AgencyRequest, what: str, answer: Callable[[], FileResponse], *, of: Model, label: str
) -> HttpResponseBase:
    """A file that the worker made, such as the statements of a year; `of` and `label` say which. Without a password
    typed in the last five minutes the answer is the way to the page that asks for it.
    """
    try:
        response: HttpResponseBase = opened(request, what, answer, of, label)
    except ReauthenticationRequired:
        return after_password(request)
    return response


def one_document(request: AgencyRequest, what: str, response: FileResponse, *, of: Model, label: str) -> FileResponse:
    """A document about one partner, such as a statement that somebody asks for on the phone. It is what the page shows
    too, so it needs no password again; who opened it is written down all the same.
    """
    audit.record(actor=request.user, verb=f"open {what}", of=of, label=label)
    return response


def download(
    request: AgencyRequest, what: str, make: Make, *, of: Model | None = None, label: str = ""
) -> HttpResponse:
    """A list as a file, in the format that `?export=` asks for, else CSV. Without a password typed in the last five
    minutes the answer is the way to the page that asks for it. `what` is the list in words, for the audit trail; `of`
    and `label` are the thing that the list belongs to, if it belongs to one.
    """
    try:
        answer: HttpResponse = handed_out(request, what, make, of, label)
    except ReauthenticationRequired:
        return after_password(request)
    return answer


def filters(query: QueryDict) -> str:
    """Which fields a list is filtered by. Not their words: these may be names."""
    return ", ".join(sorted(name for name, value in query.items() if value and name not in FRAME))


@dataclass(frozen=True)
class MadeFile:
    """A list as the bytes of a file, its ending and its type, for a job to keep."""

    ending: str
    content: bytes
    type: str


def table_bytes(kind: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> MadeFile:
    """A list too long to wait for, as a job keeps it: `xlsx`, else CSV. It leaves by `download_made`, after the
    password.
    """
    if kind == "xlsx":
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return MadeFile("xlsx", xlsx_bytes(header, rows), sheet)
    return MadeFile("csv", (BOM + csv_text(header, rows)).encode(), "text/csv; charset=utf-8")


def dated(request: AgencyRequest, what: str) -> str:
    """The name of a file of today."""
    return f"{what}-{request.seat.agency.today():%Y-%m-%d}"


def export_links(request: HttpRequest, formats: Mapping[str, Any] = LABELS) -> list[tuple[str, str]]:
    """The list as files: label and address, with the filters and the order of the screen. `formats`: key -> label."""
    query = request.GET.copy()
    query.pop("page", None)
    links = []
    for kind, label in formats.items():
        query["export"] = kind
        links.append((str(label), f"?{query.urlencode()}"))
    return links
