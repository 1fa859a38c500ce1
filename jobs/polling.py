"""What a page gets that asks how far a job is."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.template.response import TemplateResponse

from jobs.panels import Panel


def polled(request: HttpRequest, panel: Panel, *, stays: bool = False) -> TemplateResponse:
    """The changing part of a page alone. When the work has ended, the page is told to load anew: what came of the work
    stands outside this part. `stays`: the page shows nothing but the job, so the part is enough.
    """
    answer = TemplateResponse(request, "components/job.html", {"job": panel})
    if not panel.poll_seconds and not stays:
        answer["HX-Refresh"] = "true"
    return answer


def asked_from(request: HttpRequest) -> str:
    """The path of the page on which htmx asks; empty where it does not say."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path
