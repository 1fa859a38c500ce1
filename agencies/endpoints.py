"""What the endpoints of a workspace have in common: who is at work, rows named by id, pages of a list, writes that
happen once, and how each of them stands in the schema.
"""

import hashlib
from collections.abc import Callable, Collection
from typing import Any

from django.core.files.base import File
from django.db.models import Model
from django.forms import Form
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotFound
from rest_framework.pagination import CursorPagination, LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from agencies.idempotency import LONGEST_KEY, once
from agencies.seats import Seat
from core.errors import Refused

Shown = dict[str, Any]
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description=f"Sending it again with the same key does it once; at most {LONGEST_KEY} characters.",
)
MOST_ON_PAGE = 100
"""As many rows as a page by cursor holds at most."""
IDS = OpenApiParameter("id", int, many=True, description="Only rows of these numbers; it may be repeated.")


class BadLimit(Refused):
    """A page holds at least one row, and not too many."""

    code, field, status = "bad_limit", "limit", 400

    def __init__(self, most: int) -> None:
        super().__init__(f"Write in `limit` how many rows a page shall hold: a whole number from 1 to {most}.")


def limit_of(request: Request, usual: int, most: int) -> int:
    """How many rows were asked for. Raises BadLimit."""
    said = request.query_params.get("limit")
    if said is None:
        return usual
    if not (said.isascii() and said.isdigit() and len(said) <= 3 and 1 <= int(said) <= most):
        raise BadLimit(most)
    return int(said)


class Pages(LimitOffsetPagination):
    """Pages of a list that may grow: `limit` (100, at most 500) and `offset`. Raises BadLimit."""

    default_limit, max_limit = 100, 500

    def get_limit(self, request: Request) -> int:
        """How many rows were asked for."""
        return limit_of(request, self.default_limit, self.max_limit)


class BadCursor(Refused):
    """A cursor is taken from `next` or `previous`, as it stands there."""

    code, field, status = "bad_cursor", "cursor", 400
    message = "This cursor leads nowhere. Begin without one, and follow `next` and `previous` as they stand."


class ByCursor(CursorPagination):
    """Pages of 50, or of `limit` rows (1 to MOST_ON_PAGE), by cursor. Raises BadLimit, BadCursor."""

    page_size = 50
    page_size_query_param = "limit"
    page_size_query_description = f"How many rows a page holds, 1 to {MOST_ON_PAGE}; {page_size} unless said."
    max_page_size = MOST_ON_PAGE

    def get_page_size(self, request: Request) -> int:
        """How many rows were asked for."""
        return limit_of(request, self.page_size, MOST_ON_PAGE)

    def decode_cursor(self, request: Request) -> Any:
        """Where the page begins, None for the first."""
        try:
            return super().decode_cursor(request)
        except NotFound as refusal:
            raise BadCursor from refusal


class ByNumber(ByCursor):
    """Pages by the number of the row: a cursor stays right while rows are added."""

    ordering = "pk"


class NewestFirst(ByNumber):
    """The same, the newest first."""

    ordering = "-pk"


class ReasonSerializer(serializers.Serializer[Any]):
    """Why something is done."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")


def seat_at(request: Any) -> Seat:
    """Who is at work, where, with which roles: the door (`agencies.api.MayUse`) has put it there."""
    seat: Seat = request.seat
    return seat


def actor_of(request: Any) -> User:
    """Who acts; nobody comes past the door without having signed in."""
    user: User = request.user
    return user


def by(request: Any) -> Shown:
    """What every operation begins with."""
    return {"agency": seat_at(request).agency, "actor": actor_of(request)}


def given(kind: type[serializers.Serializer[Any]], request: Request, *, partial: bool = False) -> Shown:
    """What was sent, in the shape of a serializer; a `partial` one holds only what was named. 400 for another shape."""
    form = kind(data=request.data, partial=partial)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def wrong(form: Form) -> serializers.ValidationError:
    """What is wrong with a form, by field, each sentence with the code that the form gave it."""
    return serializers.ValidationError(
        {
            name: [ErrorDetail(words, each.code or "invalid") for each in said for words in each.messages]
            for name, said in form.errors.as_data().items()
        }
    )


def chosen(found: Any, pk: int | None, field: str, sentence: str) -> Any:
    """The row of an id that was sent, None for none. 400 beside the field when it is not among those `found`, whether
    it exists elsewhere or not.
    """
    if pk is None:
        return None
    row = found.filter(pk=pk).first()
    if row is None:
        raise serializers.ValidationError({field: [sentence]})
    return row


MOST_IDS = 100
"""As many as a message of a webhook names."""
LARGEST_ID = 2**63 - 1


def asked_ids(request: Request) -> list[int]:
    """The numbers of rows that a list is asked for by `id`, which may be repeated; none where it is not. 400 for what
    is no number, and for more than MOST_IDS.
    """
    said = request.query_params.getlist("id")
    if len(said) > MOST_IDS:
        raise serializers.ValidationError({"id": [f"Ask for at most {MOST_IDS} at once."]})
    if any(not (each.isascii() and each.isdigit() and len(each) < 20 and int(each) <= LARGEST_ID) for each in said):
        raise serializers.ValidationError({"id": ["Write the number of a row, and repeat `id` for several."]})
    return [int(each) for each in said]


def paged(view: APIView, request: Request, found: Any, show: Callable[[list[Any]], Collection[Any]]) -> Response:
    """A page of a list; `show` makes what is told of the rows on it."""
    pages = Pages()
    page: list[Any] | None = pages.paginate_queryset(found, request, view=view)
    return pages.get_paginated_response(show(page or []))


def once_by(request: Request, effect: Callable[[], Model | int | None]) -> int | None:
    """Do something and return the id of what came of it. With an `Idempotency-Key` it is done once: the same person
    sending the same again gets the id of the first time, and 409 when the content differs. Only the id is kept, so an
    answer is always made anew from what its reader may see now.
    """

    def done() -> Shown:
        return {"id": effect_id(effect())}

    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return effect_id(effect())
    content = [request.path, seat_at(request).user_id, plain(request.data)]
    match = request.resolver_match
    endpoint = f"{request.method} {match.url_name if match else ''}"[:80]
    kept = once(agency=seat_at(request).agency, endpoint=endpoint, key=key, content=content, effect=done)
    made: int | None = kept["id"]
    return made


def effect_id(made: Model | int | None) -> int | None:
    """The id of a row, or the number that stands for what was done."""
    return made.pk if isinstance(made, Model) else made


def plain(data: Any) -> Any:
    """What was sent as plain values; of a file its name and the digest of its content."""
    if isinstance(data, File):
        digest = hashlib.sha256()
        for chunk in data.chunks():
            digest.update(chunk)
        data.seek(0)
        return [data.name, digest.hexdigest()]
    return {name: plain(value) for name, value in data.items()} if isinstance(data, dict) else data


def reads(operation_id: str, answer: Any, *parameters: str) -> Callable[[Any], Any]:
    """How an endpoint that reads stands in the schema, with the names of what may be asked behind the question mark."""
    asked = [OpenApiParameter(name, str) for name in parameters]
    return extend_schema(operation_id=operation_id, responses=answer, parameters=asked)


def lists(operation_id: str, kind: type[serializers.Serializer[Any]], *parameters: str) -> Callable[[Any], Any]:
    """How an endpoint that answers with `paged` stands in the schema: the page around the rows, and what turns it."""
    asked = [OpenApiParameter(name, str) for name in parameters]
    turned = [OpenApiParameter(name, int) for name in ("limit", "offset")]
    fields: Shown = {"count": serializers.IntegerField(), **page_fields(kind)}
    return extend_schema(
        operation_id=operation_id,
        responses=inline_serializer(page_name(operation_id), fields),
        parameters=asked + turned,
    )


def lists_by_cursor(
    operation_id: str, kind: type[serializers.Serializer[Any]], *parameters: str
) -> Callable[[Any], Any]:
    """The same for a list that is turned by cursor: it stays right while rows are added, and counts nothing."""
    asked = [IDS if name == "id" else OpenApiParameter(name, str) for name in (*parameters, "cursor")]
    asked.append(OpenApiParameter("limit", int, description=ByCursor.page_size_query_description))
    return extend_schema(
        operation_id=operation_id,
        responses=inline_serializer(page_name(operation_id), page_fields(kind)),
        parameters=asked,
    )


def page_name(operation_id: str) -> str:
    """The name of a page in the schema: "units_list" is "UnitsListPage"."""
    return "".join(word.title() for word in operation_id.split("_")) + "Page"


def page_fields(kind: type[serializers.Serializer[Any]]) -> Shown:
    """What stands around the rows of any page."""
    return {
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": kind(many=True),
    }


def writes(
    operation_id: str, *, takes: Any = None, answers: Any = None, status: int = 200, keyed: bool = True
) -> Callable[[Any], Any]:
    """How an endpoint that writes stands in the schema. What takes a row away needs no key: it is gone."""
    asked = [KEY] if keyed else []
    return extend_schema(operation_id=operation_id, parameters=asked, request=takes, responses={status: answers})
