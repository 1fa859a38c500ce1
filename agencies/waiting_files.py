"""A file that the password stood before: a browser stays where it is when a file comes, so whoever has typed the
password is led back to the page they came from, and the file starts there.
"""

import time

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.http import escape_leading_slashes

from accounts.access import way_to_password
from core.form_pages import nearest_page, page_of_form

WAITING = "file_waiting"
"""The key in the session: which file, to be opened from which page, asked for when."""
PATIENCE = 10 * 60
"""Seconds after which nobody expects the file any more."""


def after_password(request: HttpRequest) -> HttpResponse:
    """The way to the password, and from there to the page, where the file starts."""
    page = page_before(request)
    request.session[WAITING] = {"file": request.get_full_path(), "page": page, "at": time.time()}
    return way_to_password(request, page)


def page_before(request: HttpRequest) -> str:
    """Where the reader was: the list of an export, with its filters; else the page of the workspace that led to the
    file; else the nearest one above it.
    """
    if "export" in request.GET and not getattr(resolve(request.path).func, "is_download", False):
        query = request.GET.copy()
        query.pop("export")
        return escape_leading_slashes(f"{request.path}{'?' if query else ''}{query.urlencode()}")
    page = page_of_form(request)
    return page if page.startswith("/a/") and page != request.path else nearest_page(request.path)


def file_to_start(request: HttpRequest) -> str:
    """The address of the file that starts on this page, once; "" where none waits or the password was not given."""
    waiting = request.session.get(WAITING) if hasattr(request, "session") else None
    if not waiting or request.method != "GET" or waiting["page"] != request.get_full_path():
        return ""
    if is_reauthentication_required(request, app=""):
        return ""
    request.session.pop(WAITING)
    return str(waiting["file"]) if time.time() - waiting["at"] < PATIENCE else ""
