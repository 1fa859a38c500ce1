"""Pages that write and then refuse, below the handlers of the real site."""

from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from config import urls
from core.access import public
from core.errors import Refused

RAISED: dict[str, Exception] = {
    "404": Http404(),
    "403": PermissionDenied(),
    "400": SuspiciousOperation(),
    "409": Refused("Not now."),
    "500": RuntimeError("a bug"),
    "api-404": NotFound(),
}


def write(what: str) -> None:
    """Leave a trace, then raise what the address names, if anything."""
    User.objects.create(email=f"trace-{what}@example.org", name="Trace")
    if what in RAISED:
        raise RAISED[what]


@public
def page(request: HttpRequest, what: str) -> HttpResponse:
    write(what)
    return HttpResponse("written")


class Endpoint(APIView):
    """The same for other programs."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request, what: str) -> Response:
        write(what)
        return Response({"written": True})


urlpatterns: list[Any] = [
    path("undo/<str:what>/", page),
    path("undo-api/<str:what>/", Endpoint.as_view()),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
