"""Budgets for programs."""

from budgets.api import actual, budgets, coverage, lines, preferences

urlpatterns = [
    *coverage.urlpatterns,
    *budgets.urlpatterns,
    *lines.urlpatterns,
    *actual.urlpatterns,
    *preferences.urlpatterns,
]
