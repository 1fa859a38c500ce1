"""The API of the keys themselves. Making one asks for a person's password, so no key makes another."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import NewestFirst, by, given, lists_by_cursor, once_by, seat_at, writes
from agencies.models import ApiKey
from agencies.operations.api_keys import LONGEST_DAYS, end_key, make_key
from agencies.queries.api_keys import api_keys
from agencies.rights_in_words import AREAS
from core.api import DayField

COLUMNS = ("id", "name", "sign", "areas", "writes", "made_at", "last_day", "used_on", "ended_at")


class KeySerializer(serializers.Serializer[Any]):
    """A key without its text. `sign` is the part after `yk_` by which it is known."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    sign = serializers.CharField()
    person = serializers.CharField()
    areas = serializers.ListField(child=serializers.CharField())
    writes = serializers.BooleanField()
    made_at = serializers.DateTimeField()
    last_day = DayField()
    used_on = DayField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class NewKeySerializer(KeySerializer):
    """A key as it is made: `text` is told this once, and is null when the same request comes again with its key."""

    text = serializers.CharField(allow_null=True)


class KeyWritten(serializers.Serializer[Any]):
    """What a new key may do, for so many days, today being the first."""

    name = serializers.CharField(max_length=60)
    areas = serializers.ListField(child=serializers.ChoiceField(choices=list(AREAS)), allow_empty=False)
    writes = serializers.BooleanField(default=False)
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS, default=90)


def told(request: Request, key: ApiKey) -> dict[str, Any]:
    """What is told of a key."""
    shown = {name: getattr(key, name) for name in COLUMNS}
    return dict(KeySerializer({**shown, "person": seat_at(request).name_of(key.membership.user)}).data)


class Keys(APIView):
    """The keys, the newest first; a POST makes one: 409 `key_name_taken`, 422 `key_areas`, 403 `password_first`."""

    right = "keys.make"
    password_first = ("POST",)

    @lists_by_cursor("api_keys", KeySerializer)
    def get(self, request: Request, agency: str) -> Response:
        pages = NewestFirst()
        rows: list[ApiKey] = pages.paginate_queryset(api_keys(), request, view=self) or []
        return pages.get_paginated_response([told(request, key) for key in rows])

    @writes("make_api_key", takes=KeyWritten, answers=NewKeySerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said, texts = given(KeyWritten, request), []

        def make() -> ApiKey:
            key, text = make_key(**by(request), **said)
            texts.append(text)
            return key

        key = get_object_or_404(api_keys(), pk=once_by(request, make))
        return Response({**told(request, key), "text": texts[0] if texts else None}, status=201)


class EndKey(APIView):
    """End a key: 409 `key_ended`."""

    right = "keys.make"

    @writes("end_api_key", answers=KeySerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        key = get_object_or_404(ApiKey, pk=pk)
        once_by(request, lambda: end_key(**by(request), key=key))
        return Response(told(request, api_keys().get(pk=pk)))


urlpatterns = [
    path("keys/", Keys.as_view(), name="api_api_keys"),
    path("keys/<int:pk>/end/", EndKey.as_view(), name="api_api_key_end"),
]
