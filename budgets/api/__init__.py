"""Budgets for programs."""

from budgets.api import actual, budgets, coverage, gaps, lines, preferences

urlpatterns = [
    *coverage.urlpatterns,
    *gaps.urlpatterns,
    *budgets.urlpatterns,
    *lines.urlpatterns,
    *actual.urlpatterns,
    *preferences.urlpatterns,
]
