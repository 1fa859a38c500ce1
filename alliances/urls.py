"""Addresses below `/alliances/<alliance>/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
