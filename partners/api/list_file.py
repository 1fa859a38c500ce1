"""Lists as files for programs: a job writes the file; its files are had from the job, after the password."""

from typing import Any

from django.http import QueryDict
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import given, once_by, seat_at, writes
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.models import Job
from partners.exporting.formats import FORMATS
from partners.exporting.starting import start_export


class ListFileSerializer(serializers.Serializer[Any]):
    """`format`: one of csv, xlsx (as on the screen), canonical (CSV that this system and others read), tntdatasync.
    `filter`: as it stands in the address of the list, such as "kind=church&sort=-name"; empty for the whole list.
    """

    format = serializers.ChoiceField(choices=[(key, str(each.label)) for key, each in FORMATS.items()])
    filter = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class StartListFile(APIView):
    """Begin writing a list as a file."""

    right: str = ""
    what: str = ""

    def start(self, request: Request) -> Response:
        """The job that writes it. 422 `export_format`, `export_filter`."""
        asked, seat = given(ListFileSerializer, request), seat_at(request)
        query = QueryDict(asked["filter"])
        pk = once_by(request, lambda: start_export(seat, self.what, asked["format"], query))
        return Response(shown_jobs(seat, [Job.objects.named().get(pk=pk)])[0], status=202)


class PartnersAsFile(StartListFile):
    """The list of partners as a file. DataSync has them without gifts."""

    right, what = "partners.view", "partners"

    @writes("partners_file", takes=ListFileSerializer, answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str) -> Response:
        return self.start(request)


class GiftsAsFile(StartListFile):
    """The list of gifts as a file. For other systems it is a row per designation, of gifts that stand; DataSync has the
    givers too, and one currency.
    """

    right, what = "gifts.view", "gifts"

    @writes("gifts_file", takes=ListFileSerializer, answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str) -> Response:
        return self.start(request)


class CommitmentsAsFile(StartListFile):
    """The list of commitments as a file. DataSync has none."""

    right, what = "partners.care", "commitments"

    @writes("commitments_file", takes=ListFileSerializer, answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str) -> Response:
        return self.start(request)


class OwnGivingAsFile(StartListFile):
    """What was given to the caller's own work, as DataSync in one currency: `currency=EUR`, else the base one."""

    right, what = "partners.care", "own_giving"

    @writes("own_giving_file", takes=ListFileSerializer, answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str) -> Response:
        return self.start(request)


class BankLinesAsFile(StartListFile):
    """The lines of the bank that are not matched, with what is proposed for each. CSV or XLSX."""

    right, what = "ledger.view", "reconcile"

    @writes("bank_lines_file", takes=ListFileSerializer, answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str) -> Response:
        return self.start(request)


urlpatterns = [
    path("partners/file/", PartnersAsFile.as_view(), name="api_partners_file"),
    path("gifts/file/", GiftsAsFile.as_view(), name="api_gifts_file"),
    path("own-giving/file/", OwnGivingAsFile.as_view(), name="api_own_giving_file"),
    path("reconciliation/lines/file/", BankLinesAsFile.as_view(), name="api_bank_lines_file"),
    path("commitments/file/", CommitmentsAsFile.as_view(), name="api_commitments_file"),
]
