"""The API of the report."""

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, once_by, seat_at, writes
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.queries import jobs_seen_by
from transition import operations
from transition.pages.report import report_of
from transition.reached import plan_with_figures, unit_with


class Report(APIView):
    """Have the report of a transition made as PDF, masked for the caller: the answer is the job, which keeps the file.
    Who may read figures alone gets the sums, without givers.
    """

    right = "transition.figures"

    @writes("start_transition_report", answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat, plan = seat_at(request), plan_with_figures(seat_at(request), pk)
        unit = unit_with(seat, plan.unit_id, self.right)
        names = report_of(seat, plan, unit).names
        made = once_by(request, lambda: operations.start_report(**by(request), plan=plan, names=names))
        return Response(shown_jobs(seat, [get_object_or_404(jobs_seen_by(seat), pk=made)])[0], status=202)


urlpatterns = [path("transitions/<int:pk>/report/", Report.as_view(), name="api_transition_report")]
