"""The API of invitations that are held: the same operations and rights as the pages. The link itself is shown to
nobody.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.operations import send_held, withdraw_invitation
from agencies.queries.invitations import held_invitations
from agencies.seats import Seat


class HeldSerializer(serializers.Serializer[Any]):
    """An invitation that nobody has sent yet; `unit_roles` are pairs of unit id and role."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.CharField())
    unit_roles = serializers.ListField(child=serializers.ListField())
    held_since = serializers.DateTimeField()


class SendSerializer(serializers.Serializer[Any]):
    """Which ones; without `ids` all, at most 500."""

    ids = serializers.ListField(child=serializers.IntegerField(), required=False, allow_null=True, default=None)


class SentSerializer(serializers.Serializer[Any]):
    """How many were sent, and how many are still held."""

    sent = serializers.IntegerField()
    held = serializers.IntegerField()


class HeldInvitations(APIView):
    """Invitations that are held, by name."""

    right = "people.edit"

    @extend_schema(operation_id="held_invitations_list", responses=HeldSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        pages = LimitOffsetPagination()
        pages.default_limit, pages.max_limit = 100, 500
        page: list[Any] | None = pages.paginate_queryset(held_invitations(), request, view=self)
        return pages.get_paginated_response(HeldSerializer(page or [], many=True).data)


class SendInvitations(APIView):
    """Send held invitations: 409 `nothing_held` when none of them waits."""

    right = "people.edit"

    @extend_schema(operation_id="send_held_invitations", request=SendSerializer, responses=SentSerializer)
    def post(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        form = SendSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sent = send_held(agency=seat.agency, actor=seat.membership.user, only=form.validated_data["ids"])
        return Response(SentSerializer({"sent": sent, "held": held_invitations().count()}).data)


class WithdrawInvitation(APIView):
    """Take a held invitation back."""

    right = "people.edit"

    @extend_schema(operation_id="withdraw_held_invitation", request=None, responses={204: None})
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        found = get_object_or_404(held_invitations(), pk=pk)
        withdraw_invitation(agency=seat.agency, actor=seat.membership.user, invitation=found)
        return Response(status=204)


urlpatterns = [
    path("invitations/held/", HeldInvitations.as_view(), name="api_held_invitations"),
    path("invitations/held/send/", SendInvitations.as_view(), name="api_held_invitations_send"),
    path("invitations/<int:pk>/", WithdrawInvitation.as_view(), name="api_held_invitation"),
]
