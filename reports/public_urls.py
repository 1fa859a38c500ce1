"""Addresses without a sign-in: signed links and webhooks."""

from django.urls import path

from reports.views import sending

urlpatterns = [path("p/statements/<str:token>/", sending.statement_by_link, name="statement_by_link")]
