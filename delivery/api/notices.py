"""The API of what a person is told and asked: one's own notices and tasks, nobody else's."""

from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import lists, paged
from agencies.seats import Seat
from core.api import DayField
from delivery.models import Notice, Task
from delivery.naming import worded
from delivery.operations import add_task, finish_task, mark_read, reopen_task
from delivery.queries import notices_of, open_tasks, tasks_of


class NoticeSerializer(serializers.Serializer[Any]):
    """A sentence for the caller. Things are called as everywhere in the app; what is not open to the caller goes by the
    name that anybody may hear."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField(source="words")
    url = serializers.CharField()
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class TaskSerializer(serializers.Serializer[Any]):
    """A to-do of the caller. `done_at` without `by_me`: its matter was settled."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.CharField(read_only=True)
    text = serializers.CharField(source="words", max_length=300)
    url = serializers.CharField(read_only=True)
    due_on = DayField(allow_null=True, required=False, default=None)
    done_at = serializers.DateTimeField(read_only=True, allow_null=True)
    by_me = serializers.SerializerMethodField()

    def get_by_me(self, task: Any) -> bool:
        """Whether the caller ticked it off."""
        return task.done_by_id is not None


def in_callers_words(seat: Seat, rows: list[Any]) -> list[Any]:
    """Rows with `words`, the text with the names of today as the caller may know them."""
    for row, words in zip(rows, worded(seat, rows), strict=True):
        row.words = words.text
    return rows


def seat_of(request: Request) -> Seat:
    seat: Seat = request.seat  # type: ignore[attr-defined]
    return seat


def shown_notices(seat: Seat, page: list[Any]) -> Any:
    return NoticeSerializer(in_callers_words(seat, page), many=True).data


def shown_tasks(seat: Seat, page: list[Any]) -> Any:
    return TaskSerializer(in_callers_words(seat, page), many=True).data


class Notices(APIView):
    """What the caller was told, the newest first."""

    right = "home.view"

    @lists("notices_list", NoticeSerializer)
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_of(request)
        return paged(self, request, notices_of(seat), partial(shown_notices, seat))


class NoticeRead(APIView):
    """Mark a notice as read."""

    right = "home.view"

    @extend_schema(operation_id="read_notice", request=None, responses=NoticeSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        notice: Notice = get_object_or_404(notices_of(seat), pk=pk)
        mark_read(agency=seat.agency, actor=seat.membership.user, notice=notice)
        notice.refresh_from_db()
        return Response(NoticeSerializer(in_callers_words(seat, [notice])[0]).data)


class Tasks(APIView):
    """The caller's open tasks, what is due first; a POST writes one for oneself."""

    right = "home.view"

    @lists("tasks_list", TaskSerializer)
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_of(request)
        return paged(self, request, open_tasks(seat), partial(shown_tasks, seat))

    @extend_schema(operation_id="add_task", request=TaskSerializer, responses={201: TaskSerializer})
    def post(self, request: Request, agency: str) -> Response:
        seat = seat_of(request)
        given = TaskSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        text, due_on = given.validated_data["words"], given.validated_data["due_on"]
        made = add_task(agency=seat.agency, actor=seat.membership.user, text=text, due_on=due_on)
        return Response(TaskSerializer(in_callers_words(seat, [made])[0]).data, status=201)


class TaskDone(APIView):
    """Tick one's own task off: 409 `task_done` for one that is done, 409
    `task_matter_open` for one that goes with its matter."""

    right = "home.view"

    @extend_schema(operation_id="finish_task", request=None, responses=TaskSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        task: Task = get_object_or_404(tasks_of(seat), pk=pk)
        done = finish_task(agency=seat.agency, actor=seat.membership.user, task=task)
        return Response(TaskSerializer(in_callers_words(seat, [done])[0]).data)


class TaskReopened(APIView):
    """Put one's own task back on the list."""

    right = "home.view"

    @extend_schema(operation_id="reopen_task", request=None, responses=TaskSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        task: Task = get_object_or_404(tasks_of(seat), pk=pk)
        again = reopen_task(agency=seat.agency, actor=seat.membership.user, task=task)
        return Response(TaskSerializer(in_callers_words(seat, [again])[0]).data)


urlpatterns = [
    path("notices/", Notices.as_view(), name="api_notices"),
    path("notices/<int:pk>/read/", NoticeRead.as_view(), name="api_notice_read"),
    path("tasks/", Tasks.as_view(), name="api_tasks"),
    path("tasks/<int:pk>/done/", TaskDone.as_view(), name="api_task_done"),
    path("tasks/<int:pk>/reopen/", TaskReopened.as_view(), name="api_task_reopen"),
]
