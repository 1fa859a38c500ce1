"""Addresses without a sign-in: signed links."""

from django.urls import path

from alliances.views import invitations

urlpatterns = [path("alliance-invitations/<str:token>/", invitations.seat_invitation, name="seat_invitation")]
