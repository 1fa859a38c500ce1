"""Addresses without a sign-in: signed links and webhooks."""

from django.urls import path

from delivery.views import unsubscribe

urlpatterns = [path("p/unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe")]
