"""What happens around every request: its size limit, and what a refusal looks like."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.deprecation import MiddlewareMixin

from core.errors import Refused

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class UploadLimit:
    """Answer 413 before reading a body that says it is larger than `MAX_UPLOAD_BYTES`, or than `MAX_FORM_BYTES`
    without a file.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        upload = (request.content_type or "") == "multipart/form-data"
        most = settings.MAX_UPLOAD_BYTES if upload else settings.MAX_FORM_BYTES
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            return too_large(request, most)
        return self.get_response(request)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """The page for a body over the limit; rendered here because nothing further in has run yet."""
    context = {"megabytes": most // (1024 * 1024), "shell": None}
    return TemplateResponse(request, "errors/413.html", context, status=413).render()


class Refusals(MiddlewareMixin):
    """A domain refusal that no form showed becomes a page with its sentence and status, and everything is undone."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RequestDataTooBig):
            return too_large(request, settings.MAX_FORM_BYTES)
        if not isinstance(exception, Refused):
            return None
        template = "errors/429.html" if exception.status == 429 else "errors/409.html"
        page = TemplateResponse(request, template, {"refusal": exception}, status=exception.status)
        page.undo = True  # type: ignore[attr-defined]
        return page
