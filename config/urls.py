"""The single mount of each space: one list for agencies, one for alliances."""

from django.urls import include, path

from core import views as core

urlpatterns = [
    path("healthz", core.healthz),
    path("readyz", core.readyz),
    path("accounts/", include("allauth.urls")),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.broken"
