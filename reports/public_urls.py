"""Addresses without a sign-in: signed links and webhooks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
