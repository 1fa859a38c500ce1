"""Addresses of the gallery: mounted at `/look/` under `DEBUG` and in its tests, never in production."""

from django.urls import path

from core import look

urlpatterns = [
    path("", look.gallery, name="look"),
    path("job/", look.job, name="look_job"),
]
