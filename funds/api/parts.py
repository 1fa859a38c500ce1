"""What the endpoints of the ledger share."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.forms import Form
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ByNumber, wrong
from agencies.seats import Seat
from core.money import Money

LARGEST = 2**63 - 1
F = TypeVar("F", bound=Form)
KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="Sending it twice does it once."
)


class IdField(serializers.IntegerField):
    """The number of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class AmountSerializer(serializers.Serializer[Any]):
    """An exact amount: {"amount": "1240.00", "currency": "USD"}."""

    amount = serializers.CharField(source="decimal_string", max_length=30)
    currency = serializers.CharField(max_length=3)


def seat_of(request: Request) -> Seat:
    """Who asks."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    return seat


def acting(request: Request) -> dict[str, Any]:
    """What every operation begins with."""
    seat = seat_of(request)
    return {"agency": seat.agency, "actor": seat.membership.user}


def key_of(request: Request) -> str:
    """The key that the program made."""
    return str(request.headers.get("Idempotency-Key", ""))


def money(minor: int, currency: str) -> dict[str, str]:
    """An exact amount for programs."""
    return {"amount": Money(int(minor), currency).decimal_string(), "currency": currency}


def one_of(found: "QuerySet[Any]", pk: Any, field: str, what: str) -> Any:
    """The row of this number; one that is not here is refused like one that does not exist."""
    row = found.filter(pk=pk).first()
    if row is None:
        raise serializers.ValidationError({field: [f"There is no such {what}."]})
    return row


def paged(
    view: APIView, request: Request, found: "QuerySet[Any]", serializer: type[Any], context: Mapping[str, Any] = {}
) -> Response:
    """A page of records as the serializer writes them."""
    pages = ByNumber()
    page = pages.paginate_queryset(found, request, view) or []
    return pages.get_paginated_response(serializer(page, many=True, context=dict(context)).data)


def sound(form: F) -> F:
    """A filter that can be read. Raises ValidationError."""
    if not form.is_valid():
        raise wrong(form)
    return form


def valid(serializer: type[Any], request: Request) -> dict[str, Any]:
    """What was sent, in its shape. Raises ValidationError."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    sent: dict[str, Any] = given.validated_data
    return sent
