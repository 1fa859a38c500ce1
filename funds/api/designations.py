"""Designations for programs."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ByNumber, lists_by_cursor
from agencies.seats import Seat
from funds.models import Designation
from funds.queries import balances


class DesignationSerializer(serializers.Serializer[Any]):
    """A designation, called as the caller may call it, with what it holds per currency."""

    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    name = serializers.CharField(source="shown_name")
    kind = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    holds = serializers.SerializerMethodField()

    def get_holds(self, designation: Any) -> list[dict[str, str]]:
        """Exact amounts, each currency by itself."""
        held = self.context["balances"].get(designation.pk, [])
        return [{"amount": amount.decimal_string(), "currency": amount.currency} for amount in held]


class DesignationsView(APIView):
    """The designations that the caller may see."""

    right = "gifts.view"

    @lists_by_cursor("designations", DesignationSerializer)
    def get(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        pages = ByNumber()
        page: list[Any] = pages.paginate_queryset(Designation.objects.seen_by(seat), request, self) or []
        context = {"balances": balances([each.pk for each in page])}
        return pages.get_paginated_response(DesignationSerializer(page, many=True, context=context).data)


urlpatterns = [path("designations/", DesignationsView.as_view(), name="api_designations")]
