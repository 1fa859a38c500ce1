"""Budgets for programs."""

from budgets.api import budgets, coverage, lines

urlpatterns = [*coverage.urlpatterns, *budgets.urlpatterns, *lines.urlpatterns]
