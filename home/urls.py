"""Addresses below `/a/<agency>/`."""

from django.urls import path

from home import views
from home.archive.page import archive

urlpatterns = [path("", views.home, name="home"), path("settings/archive/", archive, name="archive")]
