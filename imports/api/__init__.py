"""Imports for programs: runs with their findings and corrections, and how columns and values are mapped."""

from imports.api import mapping, runs

urlpatterns = [*runs.urlpatterns, *mapping.urlpatterns]
