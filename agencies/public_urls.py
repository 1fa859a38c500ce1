"""Addresses without a sign-in: signed links and webhooks."""

from django.urls import path

from agencies.views import invitations

urlpatterns = [path("invitations/<str:token>/", invitations.invitation, name="invitation")]
