"""Pages that belong to no space: health of the process, and errors."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from core.access import public
from core.form_pages import page_of_form


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front door leads to a person's spaces, by way of the sign-in."""
    return redirect(settings.LOGIN_REDIRECT_URL)


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated. Redis is not asked: the web still answers without it (trust rule T16)."""
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok", "migrations_missing": missing}, status=503 if missing else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without its token: mostly a session that ended while the form was open."""
    context = {"expired": True, "back": page_of_form(request)}
    return TemplateResponse(request, "errors/403.html", context, status=403).render()


def undone(response: HttpResponse) -> HttpResponse:
    """Whatever the view wrote before it raised is rolled back (trust rule T1)."""
    response.undo = True  # type: ignore[attr-defined]
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return undone(TemplateResponse(request, "errors/400.html", status=400).render())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return undone(TemplateResponse(request, "errors/403.html", {"expired": False}, status=403).render())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page; for programs a problem object, as every other answer of theirs."""
    if request.path_info.startswith("/api/"):
        said = {"code": "not_found", "detail": "There is nothing at this address."}
        return undone(JsonResponse(said, status=404))
    return undone(TemplateResponse(request, "errors/404.html", status=404).render())


def broken(request: HttpRequest) -> HttpResponse:
    """The last page: it asks nothing of the database and shows no shell."""
    return HttpResponseServerError(render_to_string("errors/500.html"))
