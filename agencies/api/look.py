"""The API of the look on paper: the logo and the color that an agency's documents carry."""

from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, once_by, reads, seat_at, writes
from agencies.letterhead import logo_answer
from agencies.models import Look
from agencies.operations.look import choose_accent, remove_logo, set_logo, undo_look
from agencies.queries.look import look_now
from core.pictures import KINDS, MAX_BYTES
from core.uploads import takes_files


class LogoSerializer(serializers.Serializer[Any]):
    """A logo as it is kept: made anew from the pixels of the upload."""

    content_type = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    sha256 = serializers.CharField()


class LookSerializer(serializers.Serializer[Any]):
    """The look that counts. `id` is null until one was chosen; `accent` is "" for the product's own color."""

    id = serializers.IntegerField(allow_null=True)
    accent = serializers.CharField()
    logo = LogoSerializer(allow_null=True)


class AccentWritten(serializers.Serializer[Any]):
    """A color: "#" and six hex digits, "" for the product's own."""

    accent = serializers.CharField(max_length=7, allow_blank=True)


class LogoWritten(serializers.Serializer[Any]):
    """A PNG or JPEG picture of at most 2 MB."""

    file = serializers.FileField(allow_empty_file=True)


def shown(request: Request) -> Response:
    """The look as it is now. One query."""
    look = look_now(seat_at(request).agency)
    logo = {name: getattr(look, name) for name in ("content_type", "width", "height", "sha256")} if look.logo else None
    return Response(dict(LookSerializer({"id": look.pk, "accent": look.accent, "logo": logo}).data))


class OneLook(APIView):
    """The look; a POST chooses the color: 422 `accent_wrong`, `accent_too_pale` with the next darker tone in words."""

    right = {"GET": "home.view", "POST": "settings.edit"}

    @reads("look", LookSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return shown(request)

    @writes("choose_accent", takes=AccentWritten, answers=LookSerializer)
    def post(self, request: Request, agency: str) -> Response:
        said = given(AccentWritten, request)
        once_by(request, lambda: choose_accent(**by(request), **said))
        return shown(request)


@takes_files(MAX_BYTES)
class OneLogo(APIView):
    """Choose a logo or put another in its place: 413 `file_too_large`, 422 `file_type`, `picture_too_large`,
    `picture_too_small`, `picture_unreadable`, `picture_unseen`. A DELETE removes it: 409 `no_logo`.
    """

    right = "settings.edit"
    parser_classes = [MultiPartParser]

    @writes("choose_logo", takes={"multipart/form-data": LogoWritten}, answers=LookSerializer)
    def post(self, request: Request, agency: str) -> Response:
        file = given(LogoWritten, request)["file"]
        once_by(request, lambda: set_logo(**by(request), content=file.read(MAX_BYTES + 1)))
        return shown(request)

    @writes("remove_logo", answers=LookSerializer, keyed=False)
    def delete(self, request: Request, agency: str) -> Response:
        remove_logo(**by(request))
        return shown(request)


class LogoFile(APIView):
    """The picture of a look."""

    right = "home.view"

    @extend_schema(operation_id="logo_file", responses={(200, kind): OpenApiTypes.BINARY for kind in KINDS})
    def get(self, request: Request, agency: str, pk: int) -> FileResponse:
        return logo_answer(get_object_or_404(Look, pk=pk))


class UndoLook(APIView):
    """Take the newest change of the look back: 409 `look_changed` for any other."""

    right = "settings.edit"

    @writes("undo_look", answers=LookSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        look = get_object_or_404(Look, pk=pk)
        once_by(request, lambda: undo_look(**by(request), look=look))
        return shown(request)


urlpatterns = [
    path("look/", OneLook.as_view(), name="api_look"),
    path("look/logo/", OneLogo.as_view(), name="api_logo"),
    path("look/<int:pk>/logo/", LogoFile.as_view(), name="api_logo_file"),
    path("look/<int:pk>/undo/", UndoLook.as_view(), name="api_look_undo"),
]
