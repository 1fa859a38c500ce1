"""What happens around every request: what its address may hold, its size limit, and what a refusal looks like."""

import contextlib
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.template.response import TemplateResponse
from django.utils.deprecation import MiddlewareMixin

from core.errors import Refused
from core.form_pages import page_of_form, wrong_method
from core.plain_text import NUL, holds_nul
from core.uploads import most_bytes

PATIENCE = 15.0
"""Seconds given to a form that is refused for its size."""
CHUNK = 256 * 1024
"""Bytes taken at a time."""
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PlainAddress:
    """Answer 400 to an address or cookie that holds the sign NUL. Nobody types it, and PostgreSQL takes it in no text.
    So no view or query needs to think of it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "").replace("%00", NUL)
        texts = (request.path_info, query, *request.COOKIES.keys(), *request.COOKIES.values())
        if any(NUL in text for text in texts):
            return unreadable(request)
        return self.get_response(request)


def unreadable(request: HttpRequest) -> HttpResponse:
    """The answer to an address that no page has; rendered here because nothing further in has run yet."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"code": "bad_address", "detail": "The address holds the sign NUL."}, status=400)
    return TemplateResponse(request, "errors/400.html", {"shell": None}, status=400).render()


class PlainForms(MiddlewareMixin):
    """The same for the fields of a form, and for the key that a program sends with a write. Stands behind the check of
    the form's token, which reads the form anyway. JSON is looked at where it is read (`core.plain_text`).
    """

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_page = not request.path_info.startswith("/api/")
        sent = request.POST.lists() if request.method == "POST" and is_page else ()
        if NUL in request.headers.get("Idempotency-Key", "") or holds_nul(list(sent)):
            return unreadable(request)
        return None


class UploadLimit:
    """Answer 413 without keeping anything of a body that says it is larger than `MAX_UPLOAD_BYTES`, or than
    `MAX_FORM_BYTES` without a file. The answer names the limit of the address (`core.uploads`): what is between the two
    is refused by its form, which keeps what was written beside the file.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        upload = (request.content_type or "") == "multipart/form-data"
        most = settings.MAX_UPLOAD_BYTES if upload else settings.MAX_FORM_BYTES
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            pour_away(request)
            return too_large(request, most_bytes(request) if upload else most)
        return self.get_response(request)


def pour_away(request: HttpRequest) -> None:
    """Take what the browser is sending and keep nothing, for PATIENCE seconds at most: a browser reads no answer before
    it has sent its form, and shows a broken connection where the server hangs up.
    """
    until = time.monotonic() + PATIENCE
    with contextlib.suppress(OSError):
        while time.monotonic() < until and request.read(CHUNK):
            pass


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """The answer to a body over the limit; rendered here because nothing further in has run yet."""
    if request.path_info.startswith("/api/"):
        said = f"What you sent is larger than {most // (1024 * 1024)} MB."
        return JsonResponse({"code": "too_large", "detail": said}, status=413)
    context = {"megabytes": most // (1024 * 1024), "shell": None, "back": page_of_form(request)}
    return TemplateResponse(request, "errors/413.html", context, status=413).render()


class Refusals(MiddlewareMixin):
    """A domain refusal that no form showed becomes a page with its sentence and status, and everything is undone.

    A browser that asks with the wrong method is led on.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return wrong_method(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RequestDataTooBig):
            return too_large(request, settings.MAX_FORM_BYTES)
        if not isinstance(exception, Refused):
            return None
        template = "errors/429.html" if exception.status == 429 else "errors/409.html"
        context = {"refusal": exception, "back": page_of_form(request)}
        page = TemplateResponse(request, template, context, status=exception.status)
        page.undo = True  # type: ignore[attr-defined]
        return page
