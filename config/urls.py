"""The single mount of each space: one list for agencies, one for alliances."""

from django.conf import settings
from django.urls import include, path

from core import views as core

AGENCY = [
    path("", include(f"{app}.urls"))
    for app in (
        "home",
        "agencies",
        "jobs",
        "delivery",
        "imports",
        "ssu",
        "funds",
        "partners",
        "budgets",
        "communications",
        "transition",
        "handover",
        "reports",
    )
]
ALLIANCE = [path("", include("alliances.urls"))]
PUBLIC = [
    path("", include(f"{app}.public_urls"))
    for app in ("agencies", "delivery", "communications", "reports", "budgets", "alliances")
]

urlpatterns = [
    path("", core.front),
    path("healthz", core.healthz),
    path("readyz", core.readyz),
    path("accounts/", include("allauth.urls")),
    path("me/", include("accounts.urls")),
    path("a/<slug:agency>/", include(AGENCY)),
    path("alliances/<slug:alliance>/", include(ALLIANCE)),
    path("api/a/<slug:agency>/", include("config.api")),
    path("", include(PUBLIC)),
]
if settings.DEBUG:
    urlpatterns.append(path("look/", include("core.look_urls")))

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.broken"
