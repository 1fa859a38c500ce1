"""The API of one agency's workspace: every app's endpoints, below `/api/a/<agency>/`."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

from agencies.api import keys, look, saved_views

APPS = (
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
    "home",
)

urlpatterns: list[URLPattern] = [
    *saved_views.urlpatterns,
    *look.urlpatterns,
    *keys.urlpatterns,
]
for app in APPS:
    if find_spec(f"{app}.api") is not None:
        urlpatterns += import_module(f"{app}.api").urlpatterns
