"""The archive for programs: those that were made, and asking for one. The file is had from its job, as others are."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import actor_of, lists, once_by, paged, seat_at, writes
from home.archive.asking import archives, ask_for_archive
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.models import Job


class Archives(APIView):
    """The archives, the newest first; a POST asks for one: 409 `archive_under_way`, 403 `password_first`. The file of a
    job that is done can be had for seven days, by whoever asked.
    """

    right = "archive.take"
    password_first = ("POST",)

    @lists("archives", JobSerializer)
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        return paged(self, request, archives(), lambda page: shown_jobs(seat, page))

    @writes("archive_ask", answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        pk = once_by(request, lambda: ask_for_archive(agency=seat.agency, actor=actor_of(request)))
        return Response(shown_jobs(seat, [Job.objects.named().get(pk=pk)])[0], status=202)


urlpatterns = [path("archives/", Archives.as_view(), name="api_archives")]
