"""How the API answers with rows of a relationship, and reads for which unit something is."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import NewestFirst, chosen, seat_at
from partners.models import Partner
from partners.queries.care import is_office, units_in_care

NO_UNIT = "There is no such unit for this partner."


def pages_of(view: APIView, request: Request, found: Any, kind: type[serializers.Serializer[Any]]) -> Response:
    """A page of rows, the newest first."""
    pages = NewestFirst()
    page: list[Any] = pages.paginate_queryset(found, request, view) or []
    context = {"user": seat_at(request).user_id}
    return pages.get_paginated_response(kind(page, many=True, context=context).data)


def one(request: Request, found: Any, kind: type[serializers.Serializer[Any]], status: int = 200) -> Response:
    """One row as the API says it."""
    return Response(kind(found, context={"user": seat_at(request).user_id}).data, status=status)


def unit_for(request: Request, partner: Partner, said: dict[str, Any]) -> Any:
    """The unit that was named; in the field one must be."""
    pk = said.pop("unit")
    if pk is None and not is_office(seat_at(request)):
        raise serializers.ValidationError({"unit": ["Say for which unit."]})
    return chosen(units_in_care(seat_at(request), partner), pk, "unit", NO_UNIT)
