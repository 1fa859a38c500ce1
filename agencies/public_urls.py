"""Addresses without a sign-in: signed links and webhooks."""

from django.urls import path

from agencies.views import front, invitations

urlpatterns = [
    path("", front.front, name="front"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
