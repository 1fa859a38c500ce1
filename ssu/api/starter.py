"""The API of the starter pack: read by whoever works with units, written by administrators."""

from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, once_by, reads, seat_at, writes
from ssu import operations, starter
from ssu.forms.starter import MOST_WORDS
from ssu.models import StarterText
from ssu.queries.people import names_of
from ssu.queries.starter import draft_of, newest_texts, open_drafts, versions_of


class StarterPartSerializer(serializers.Serializer[Any]):
    """A part of the pack. `is_own`: the agency's own words count; `is_draft`: somebody is writing it anew."""

    key = serializers.CharField()
    title = serializers.CharField()
    purpose = serializers.CharField()
    is_own = serializers.BooleanField()
    is_draft = serializers.BooleanField()


class StarterVersionSerializer(serializers.Serializer[Any]):
    """A version of a part; `is_original`: with it the words of the product counted again."""

    version = serializers.IntegerField()
    is_original = serializers.BooleanField()
    written_by = serializers.SerializerMethodField()
    written_at = serializers.DateTimeField()

    def get_written_by(self, row: Any) -> str | None:
        """The name that the caller may know."""
        found: str | None = self.context["names"].get(row.written_by_id)
        return found


class WholeStarterPartSerializer(StarterPartSerializer):
    """A part with the words that count and its versions, the newest first. `draft` and `revision` are of the draft, for
    who may write it, else null.
    """

    text = serializers.CharField()
    versions = StarterVersionSerializer(many=True)
    draft = serializers.CharField(allow_null=True)
    revision = serializers.IntegerField(allow_null=True)


class StarterWritten(serializers.Serializer[Any]):
    """Own words of a part. `revision` is the save of the draft that they rest on: 409 `edited_meanwhile` when somebody
    has saved since; without it they go over whatever stands. `use`: they count from now on.
    """

    text = serializers.CharField(max_length=MOST_WORDS, trim_whitespace=False)
    revision = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
    use = serializers.BooleanField(required=False, default=False)


class StarterReturnWritten(serializers.Serializer[Any]):
    """The version that is to count again; null for the words of the product."""

    version = serializers.IntegerField(allow_null=True)


def told(part: starter.Part, newest: StarterText | None, is_draft: bool) -> dict[str, Any]:
    """What a list tells of a part."""
    is_own = newest is not None and not newest.is_original
    words = {"key": part.key, "title": str(part.title), "purpose": str(part.purpose)}
    return {**words, "is_own": is_own, "is_draft": is_draft}


def part_at(key: str) -> starter.Part:
    """A part of the pack, or 404."""
    found = starter.part(key)
    if found is None:
        raise Http404
    return found


def whole(request: Request, part: starter.Part) -> Response:
    """A part as it stands."""
    seat, versions, draft = seat_at(request), versions_of(part.key), draft_of(part.key)
    is_draft = draft is not None and draft.is_open
    open_draft = draft if is_draft and seat.can("settings.edit") else None
    said = {
        **told(part, versions[0] if versions else None, is_draft),
        "text": starter.text(seat.agency, part.key),
        "versions": versions,
        "draft": open_draft.text if open_draft else None,
        "revision": (draft.revision if draft else 0) if seat.can("settings.edit") else None,
    }
    names = names_of(seat, {each.written_by_id for each in versions})
    return Response(WholeStarterPartSerializer(said, context={"names": names}).data)


class StarterPack(APIView):
    """The parts of the pack."""

    right = "starter.view"

    @reads("starter_pack", StarterPartSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        newest, drafts = newest_texts(), open_drafts()
        rows = [told(part, newest.get(part.key), part.key in drafts) for part in starter.PARTS]
        return Response(StarterPartSerializer(rows, many=True).data)


class StarterPart(APIView):
    """One part as it counts; and writing it in own words: 409 `edited_meanwhile`, `starter_unchanged`, 422
    `starter_empty`, `starter_line`.
    """

    right = {"GET": "starter.view", "POST": "settings.edit"}

    @reads("starter_part", WholeStarterPartSerializer)
    def get(self, request: Request, agency: str, part: str) -> Response:
        return whole(request, part_at(part))

    @writes("write_starter_part", takes=StarterWritten, answers=WholeStarterPartSerializer)
    def post(self, request: Request, agency: str, part: str) -> Response:
        found = part_at(part)
        said = given(StarterWritten, request)
        write: Any = operations.use_starter_text if said.pop("use") else operations.save_starter_draft
        once_by(request, lambda: write(**by(request), key=part, **said))
        return whole(request, found)


class ReturnStarterPart(APIView):
    """Let an earlier version count again, or the words of the product: 409 `starter_unchanged`."""

    right = "settings.edit"

    @writes("return_starter_part", takes=StarterReturnWritten, answers=WholeStarterPartSerializer)
    def post(self, request: Request, agency: str, part: str) -> Response:
        found = part_at(part)
        version = given(StarterReturnWritten, request)["version"]
        if version is not None and not StarterText.objects.filter(key=part, version=version).exists():
            raise Http404
        once_by(request, lambda: operations.return_starter_text(**by(request), key=part, version=version))
        return whole(request, found)


class DropStarterDraft(APIView):
    """Throw a draft away; what counts stays."""

    right = "settings.edit"

    @writes("drop_starter_draft", answers=WholeStarterPartSerializer)
    def post(self, request: Request, agency: str, part: str) -> Response:
        found = part_at(part)
        once_by(request, lambda: operations.drop_starter_draft(**by(request), key=part))
        return whole(request, found)


PART = "starter-pack/<slug:part>/"

urlpatterns = [
    path("starter-pack/", StarterPack.as_view(), name="api_starter_pack"),
    path(PART, StarterPart.as_view(), name="api_starter_part"),
    path(f"{PART}return/", ReturnStarterPart.as_view(), name="api_starter_return"),
    path(f"{PART}drop/", DropStarterDraft.as_view(), name="api_starter_drop"),
]
