"""Whether partners were told that teams know their names, for programs: the operation and right of the settings."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, once_by, reads, writes
from core.api import DayField
from partners.models.notice import notice_in_force
from partners.operations import record_team_notice


class TeamNoticeSerializer(serializers.Serializer[Any]):
    """Whether the partners were told, since when they know, and in what words."""

    is_given = serializers.BooleanField()
    told_on = DayField(required=False, allow_null=True, default=None)
    wording = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)


def answer(status: int = 200) -> Response:
    """What is in force; without a word of it, that they were not told."""
    notice = notice_in_force()
    told = notice or {"is_given": False, "told_on": None, "wording": ""}
    return Response(TeamNoticeSerializer(told).data, status=status)


class TeamNoticeView(APIView):
    """What was said last; and saying it: 422 `notice_not_whole`, `notice_in_the_future`."""

    right = "settings.edit"

    @reads("team_notice", TeamNoticeSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return answer()

    @writes("record_team_notice", takes=TeamNoticeSerializer, answers=TeamNoticeSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said = given(TeamNoticeSerializer, request)
        once_by(request, lambda: record_team_notice(**by(request), **said))
        return answer(201)


urlpatterns = [path("partners/notice/", TeamNoticeView.as_view(), name="api_team_notice")]
