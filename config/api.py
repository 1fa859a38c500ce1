"""The API of one agency's workspace: every app's endpoints, below `/api/a/<agency>/`."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

from agencies import api_key_endpoints, look_endpoints, saved_view_endpoints

APPS = ("jobs", "delivery", "imports", "ssu", "funds", "partners", "budgets", "communications", "reports", "home")

urlpatterns: list[URLPattern] = [
    *saved_view_endpoints.urlpatterns,
    *look_endpoints.urlpatterns,
    *api_key_endpoints.urlpatterns,
]
for app in APPS:
    if find_spec(f"{app}.api") is not None:
        urlpatterns += import_module(f"{app}.api").urlpatterns
