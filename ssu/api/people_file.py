"""The API of bringing in many people at once from a file: judged at once, brought in by a job."""

from typing import Any

from django.shortcuts import get_object_or_404
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
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.queries import jobs_seen_by
from ssu.imports.receiving import receive_people
from ssu.people_rows import PeopleWrong


class PeopleFileWritten(serializers.Serializer[Any]):
    """CSV or XLSX, up to 8 MB. Either all of it comes in, or nothing."""

    file = serializers.FileField(allow_empty_file=True)


@takes_files(MAX_LIST_BYTES)
class PeopleFile(APIView):
    """Bring in a file of people: the answer is the job that does it, or 422 `people_wrong` with everything that is
    wrong; then nothing is kept. 413 `too_large`. It asks for a password typed in the last five minutes: 403
    `password_first` without.
    """

    right = "people.edit"
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="bring_in_people",
        parameters=[KEY],
        request={"multipart/form-data": PeopleFileWritten},
        responses={202: JobSerializer, 422: OpenApiResponse(ListWrongSerializer)},
    )
    def post(self, request: Request, agency: str) -> Response:
        file = given(PeopleFileWritten, request)["file"]
        said = {"content": file, "size": file.size}
        try:
            made = once_by(request, lambda: receive_people(**by(request), **said))
        except PeopleWrong as wrong:
            return wrong_answer(wrong)
        job = get_object_or_404(jobs_seen_by(seat_at(request)), pk=made)
        return Response(shown_jobs(seat_at(request), [job])[0], status=202)


urlpatterns = [path("people/file/", PeopleFile.as_view(), name="api_people_file")]
