"""The API of background work: the jobs that the caller may see, their log and files, and stopping one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import need_recent_password
from agencies import audit
from agencies.endpoints import actor_of, lists, once_by, paged, reads, seat_at, writes
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.files import answer
from jobs.operations import request_cancel
from jobs.panels import lines
from jobs.queries import files_seen_by, jobs_seen_by, may_cancel


class FileSerializer(serializers.Serializer[Any]):
    """A file that a job kept."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    size = serializers.IntegerField()
    content_type = serializers.CharField()


class WholeJobSerializer(JobSerializer):
    """A job with the last lines of its log, the oldest first, and the files that the caller may have."""

    log = serializers.ListField(child=serializers.CharField())
    files = FileSerializer(many=True)


def whole(request: Request, pk: int) -> Response:
    """A job as it stands."""
    seat = seat_at(request)
    job = get_object_or_404(jobs_seen_by(seat), pk=pk)
    log = [line.text for line in lines(job)]
    files = FileSerializer(files_seen_by(seat, job), many=True).data
    return Response({**shown_jobs(seat, [job])[0], "log": log, "files": files})


class Jobs(APIView):
    """The jobs that the caller may see, the newest first."""

    right = "home.view"

    @lists("jobs_list", JobSerializer)
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        return paged(self, request, jobs_seen_by(seat), lambda page: shown_jobs(seat, page))


class OneJob(APIView):
    """One job."""

    right = "home.view"

    @reads("job", WholeJobSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return whole(request, pk)


class CancelJob(APIView):
    """Ask a job to stop, after the step under way."""

    right = "home.view"

    @writes("cancel_job", answers=WholeJobSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        job = get_object_or_404(jobs_seen_by(seat_at(request)), pk=pk)
        if not may_cancel(seat_at(request), job):
            raise PermissionDenied
        once_by(request, lambda: request_cancel(actor=actor_of(request), job=job))
        return whole(request, pk)


class JobFile(APIView):
    """A file that a job kept: it may hold what a whole list holds, so it leaves like one, after a password typed in the
    last five minutes (403 `password_first` without), and is written down.
    """

    right = "home.view"

    @extend_schema(operation_id="job_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, agency: str, pk: int, file_pk: int) -> FileResponse:
        job = get_object_or_404(jobs_seen_by(seat_at(request)), pk=pk)
        stored = get_object_or_404(files_seen_by(seat_at(request), job), pk=file_pk)
        need_recent_password(request._request)
        response = answer(stored)
        audit.record(actor=actor_of(request), verb="download file of a job", of=job, label=job.title)
        return response


urlpatterns = [
    path("jobs/", Jobs.as_view(), name="api_jobs"),
    path("jobs/<int:pk>/", OneJob.as_view(), name="api_job"),
    path("jobs/<int:pk>/cancel/", CancelJob.as_view(), name="api_job_cancel"),
    path("jobs/<int:pk>/files/<int:file_pk>/", JobFile.as_view(), name="api_job_file"),
]
