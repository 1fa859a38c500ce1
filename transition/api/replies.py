"""Files of replies for programs: judged and noted at once."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import KEY, by, given, once_by, seat_at
from core.uploads import takes_files
from imports.reading.sheets import MAX_LIST_BYTES
from imports.wrong_lists import ListWrongSerializer, wrong_answer
from transition.api.doors import wave_for
from transition.imports.receiving import receive_replies
from transition.pages.replies import known_shifts
from transition.reply_rows import RepliesWrong


class RepliesWritten(serializers.Serializer[Any]):
    """CSV or XLSX: the list of the wave with replies filled in. Either all of them are noted, or none."""

    file = serializers.FileField(allow_empty_file=True)


class RepliesNotedSerializer(serializers.Serializer[Any]):
    """How many replies were noted. Those that stood there already are not counted."""

    noted = serializers.IntegerField()


@takes_files(MAX_LIST_BYTES)
class Replies(APIView):
    """Note the replies of a file, or 422 `replies_wrong` with everything that is wrong; then nothing is noted. The same
    file twice notes nothing twice. 409 `wave_not_open`, `transition_over`.
    """

    right = "transition.talk"
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="bring_in_replies",
        parameters=[KEY],
        request={"multipart/form-data": RepliesWritten},
        responses={200: RepliesNotedSerializer, 422: OpenApiResponse(ListWrongSerializer)},
    )
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        wave = wave_for(seat, pk, self.right)
        content = given(RepliesWritten, request)["file"].read()
        said = {**by(request), "wave": wave, "known": known_shifts(seat, wave), "content": content}
        try:
            noted = once_by(request, lambda: receive_replies(**said)["noted"])
        except RepliesWrong as wrong:
            return wrong_answer(wrong)
        return Response({"noted": noted})


urlpatterns = [path("waves/<int:pk>/replies/", Replies.as_view(), name="api_wave_replies")]
