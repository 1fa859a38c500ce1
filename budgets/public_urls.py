"""Addresses without a sign-in."""

from django.urls import path

from budgets.views import public

urlpatterns = [path("p/<slug:agency>/<int:unit_id>/", public.public_unit, name="public_unit")]
