"""The API of asking people who serve to sign in: the same operations and rights as on their pages. The link itself is
shown to nobody.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, once_by, reads, writes
from ssu import operations
from ssu.models import Worker
from ssu.queries.sign_ins import invitation_of


class InviteWritten(serializers.Serializer[Any]):
    """Where the invitation goes; `shares_address`: the spouse reads the same mailbox; `held`: nothing is sent yet."""

    email = serializers.EmailField()
    shares_address = serializers.BooleanField(required=False, default=False)
    held = serializers.BooleanField(required=False, default=False)


class SignInSerializer(serializers.Serializer[Any]):
    """Whether a person signs in, and the invitation that waits: its address ("" for none), since when it is held (null:
    it was sent), and until when its link works.
    """

    signs_in = serializers.BooleanField()
    email = serializers.CharField()
    held_since = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)


class PersonInvitation(APIView):
    """The sign-in of somebody who serves; asking them in as that very person, with the roles that they serve in: 409
    `signs_in_already`, `person_invited`, `serves_nowhere`, `address_signs_in`, `already_invited`,
    `address_taken_twice`; and withdrawing what waits: 409 `no_invitation`.
    """

    right = "people.edit"
    password_first = ("POST",)

    @reads("worker_sign_in", SignInSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return answer(pk)

    @writes("invite_worker", takes=InviteWritten, answers=SignInSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        worker = get_object_or_404(Worker, pk=pk)
        said = given(InviteWritten, request)
        once_by(request, lambda: operations.invite_worker(**by(request), worker=worker, **said))
        return answer(pk, status=201)

    @writes("withdraw_worker_invitation", status=204, keyed=False)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        operations.withdraw_invitation_of(**by(request), worker=get_object_or_404(Worker, pk=pk))
        return Response(status=204)


class SendPersonInvitation(APIView):
    """Send a person's invitation, held or once more; a link sent before stops working. 409 `no_invitation`."""

    right = "people.edit"
    password_first = ("POST",)

    @writes("send_worker_invitation", answers=SignInSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        worker = get_object_or_404(Worker, pk=pk)
        once_by(request, lambda: operations.send_invitation_of(**by(request), worker=worker))
        return answer(pk)


def answer(pk: int, status: int = 200) -> Response:
    """How the sign-in of a person stands."""
    worker = get_object_or_404(Worker.objects.select_related("membership"), pk=pk)
    signs_in = worker.membership is not None and worker.membership.left_at is None
    waits = None if signs_in else invitation_of(worker)
    said = {
        "signs_in": signs_in,
        "email": waits.email if waits else "",
        "held_since": waits.held_since if waits else None,
        "expires_at": waits.expires_at if waits and not waits.held_since else None,
    }
    return Response(SignInSerializer(said).data, status=status)


urlpatterns = [
    path("workers/<int:pk>/invitation/", PersonInvitation.as_view(), name="api_worker_invitation"),
    path("workers/<int:pk>/invitation/send/", SendPersonInvitation.as_view(), name="api_worker_invitation_send"),
]
