"""A site of nothing but the gallery and the sign-in pages, for the tests of the look."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("look/", include("core.look_urls")),
    path("accounts/", include("allauth.urls")),
    path("me/", nowhere, name="me"),
    path("", nowhere, name="spaces"),
]
