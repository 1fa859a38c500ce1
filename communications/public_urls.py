"""Addresses without a sign-in: signed links and webhooks."""

from django.urls import path

from communications.views import preferences

urlpatterns = [
    path("p/preferences/<str:token>/", preferences.preferences, name="preferences"),
    path("p/preferences/confirm/<str:token>/", preferences.preferences_confirm, name="preferences_confirm"),
]
