"""The API of invitations that are held: the same operations and rights as the pages. The link itself is shown to
nobody.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, writes
from agencies.operations import send_held, withdraw_invitation
from agencies.queries.invitations import held_invitations


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

    @lists("held_invitations_list", HeldSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, held_invitations(), lambda page: HeldSerializer(page, many=True).data)


class SendInvitations(APIView):
    """Send held invitations: 409 `nothing_held` when none of them waits, 403 `password_first`."""

    right = "people.edit"

    @writes("send_held_invitations", takes=SendSerializer, answers=SentSerializer)
    def post(self, request: Request, agency: str) -> Response:
        ids = given(SendSerializer, request)["ids"]
        sent = once_by(request, lambda: send_held(**by(request), only=ids))
        return Response(SentSerializer({"sent": sent, "held": held_invitations().count()}).data)


class WithdrawInvitation(APIView):
    """Take a held invitation back."""

    right = "people.edit"

    @writes("withdraw_held_invitation", status=204, keyed=False)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(held_invitations(), pk=pk)
        withdraw_invitation(**by(request), invitation=found)
        return Response(status=204)


urlpatterns = [
    path("invitations/held/", HeldInvitations.as_view(), name="api_held_invitations"),
    path("invitations/held/send/", SendInvitations.as_view(), name="api_held_invitations_send"),
    path("invitations/<int:pk>/", WithdrawInvitation.as_view(), name="api_held_invitation"),
]
