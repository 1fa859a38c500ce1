"""The way back from an address that only takes a form: to the page of the form, never to an empty answer.

Forms post to addresses of their own (`…/claim/`). A browser asks for such an address by GET after a reload by address
and after a sign-in with `next`; it is led to the nearest page above.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

View = TypeVar("View", bound=Callable[..., Any])
START = "/"


def download(view: View) -> View:
    """Say of a view that it answers with a file: nobody is led to it."""
    view.is_download = True  # type: ignore[attr-defined]
    return view


def nearest_page(path: str) -> str:
    """The nearest address above `path` that the product knows; "/" leads to the person's spaces.

    An address above that takes only forms as well leads further up when it is asked.
    """
    while path != START:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            view = resolve(path).func
        except Resolver404:
            continue
        if not getattr(view, "is_download", False):
            return path
    return START


def page_of_form(request: HttpRequest) -> str:
    """The page of this site that the form came from, as the browser says, else the nearest one."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return nearest_page(request.path)
    parts = urlsplit(came_from)
    return escape_leading_slashes(f"{parts.path or START}{'?' if parts.query else ''}{parts.query}")


def wants_page(request: HttpRequest) -> bool:
    """Whether a browser asks: programs do not name HTML."""
    return "text/html" in request.headers.get("Accept", "")


def wrong_method(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponseBase:
    """What a browser gets instead of an empty 405: the nearest page for a GET, else a page with a way on.

    A GET never follows the Referer: after a sign-in that is the page of the sign-in.
    """
    if not wants_page(request):
        answer: HttpResponseBase = refused
    elif request.method in ("GET", "HEAD"):
        answer = HttpResponseRedirect(escape_leading_slashes(nearest_page(request.path)))
    else:
        context = {"back": page_of_form(request)}
        answer = TemplateResponse(request, "errors/405.html", context, status=405).render()
        answer["Allow"] = refused["Allow"]
    patch_vary_headers(answer, ["Accept"])
    return answer
