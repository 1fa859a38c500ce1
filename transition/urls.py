"""Addresses below `/a/<agency>/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
