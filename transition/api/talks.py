"""The API of talks: to whom of a wave somebody talks, and what was said about gifts on old accounts."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists, lists_by_cursor, once_by, paged, seat_at, writes
from core.api import DayField
from partners.models import GiftLine
from transition import operations
from transition.api.doors import id_field, page_of, shift_for, shift_known, wave_for, words_withheld
from transition.models import TalkedOver
from transition.pages.notices import talk_list
from transition.reached import talk_of


class TalkSerializer(serializers.Serializer[Any]):
    """A talk about a gift line; one with `taken_back_at` never was. `words` is empty while the unit is closed to the
    caller, or the giver is kept from them.
    """

    id = serializers.IntegerField(source="pk")
    shift = serializers.IntegerField(source="shift_id")
    gift_line = serializers.IntegerField(source="line_id")
    on = DayField()
    words = serializers.SerializerMethodField()
    taken_back_at = serializers.DateTimeField(allow_null=True)

    def get_words(self, each: Any) -> str:
        """What was said."""
        return "" if self.context["withheld"] else str(each.words)


class NewTalk(serializers.Serializer[Any]):
    """About which gift line they were asked, and when."""

    gift_line = id_field()
    on = DayField()
    words = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")


class Talks(APIView):
    """The talks about gifts of one commitment. And one more; the gift stays as it was given: 409 `talk_not_listed`,
    `shift_act_ahead`, `transition_over`.
    """

    right = {"GET": "transition.view", "POST": "transition.talk"}

    @lists_by_cursor("shift_talks", TalkSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        shift = shift_known(seat_at(request), pk)
        context = {"withheld": words_withheld(seat_at(request), shift)}
        found = TalkedOver.objects.filter(shift=shift)
        return page_of(self, request, found, lambda page: TalkSerializer(page, many=True, context=context).data)

    @writes("talk_over", takes=NewTalk, answers=TalkSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        shift, said = shift_for(seat, pk), given(NewTalk, request)
        lines = GiftLine.objects.seen_by(seat)
        said["line"] = chosen(lines, said.pop("gift_line"), "gift_line", "There is no such gift line.")
        made = once_by(request, lambda: operations.talk_over(**by(request), shift=shift, **said))
        found = TalkedOver.objects.get(pk=made)
        return Response(TalkSerializer(found, context={"withheld": False}).data, status=201)


class OneTalk(APIView):
    """It was not talked over: the gift stands on the list again: 409 `talk_not_listed`, `transition_over`."""

    right = "transition.talk"

    @writes("take_back_talk", answers=TalkSerializer, keyed=False)
    def delete(self, request: Request, agency: str, pk: int, talk: int) -> Response:
        shift = shift_for(seat_at(request), pk)
        found = operations.take_back_talk(**by(request), talk=talk_of(shift, talk))
        return Response(TalkSerializer(found, context={"withheld": False}).data)


class TalkListRow(serializers.Serializer[Any]):
    """A commitment of whom nothing was told and whom no letter tells: the giver as the caller may know them, and why
    somebody talks to them.
    """

    shift = serializers.IntegerField(source="shift_id")
    giver = serializers.CharField()
    is_key = serializers.BooleanField()
    why = serializers.CharField()


class TalkList(APIView):
    """To whom of a wave somebody talks, by giver: key donors, and whom no letter reaches. Empty before it is opened."""

    right = "transition.talk"

    @lists("wave_talks", TalkListRow)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        rows = talk_list(seat, wave_for(seat, pk, self.right))
        return paged(self, request, rows, lambda page: TalkListRow(page, many=True).data)


urlpatterns = [
    path("waves/<int:pk>/talks/", TalkList.as_view(), name="api_wave_talks"),
    path("shifts/<int:pk>/talks/", Talks.as_view(), name="api_shift_talks"),
    path("shifts/<int:pk>/talks/<int:talk>/", OneTalk.as_view(), name="api_shift_talk"),
]
