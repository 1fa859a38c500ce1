"""Addresses below `/a/<agency>/`."""

from django.urls import path

from budgets import views
from budgets.views import actual, agency_wide, comparing, coverage, files, grid, preferring, public

urlpatterns = [
    path("units/<int:unit_id>/public/", public.public_page_open, name="public_page_open"),
    path("units/<int:unit_id>/public/close/", public.public_page_close, name="public_page_close"),
    path("partners/<int:pk>/line-preferences/add/", preferring.line_preference_add, name="line_preference_add"),
    path("line-preferences/<int:pk>/end/", preferring.line_preference_end, name="line_preference_end"),
    path("budgets/", agency_wide.budgets, name="budgets"),
    path("units/<int:unit_id>/budgets/<int:year>/start/", views.start, name="budget_start"),
    path("units/<int:unit_id>/budgets/<int:year>/begin/", views.begin, name="budget_begin"),
    path("budgets/<int:budget_id>/", views.budget, name="budget"),
    path("budgets/<int:budget_id>/coverage/", coverage.budget_coverage, name="budget_coverage"),
    path("budgets/<int:budget_id>/actual/", actual.budget_actual, name="budget_actual"),
    path("budgets/<int:budget_id>/compare/", comparing.budget_compare, name="budget_compare"),
    path("budgets/<int:budget_id>/submit/", views.submit, name="budget_submit"),
    path("budgets/<int:budget_id>/withdraw/", views.withdraw, name="budget_withdraw"),
    path("budgets/<int:budget_id>/approve/", views.approve, name="budget_approve"),
    path("budgets/<int:budget_id>/lines/", grid.lines_edit, name="budget_lines"),
    path("budgets/<int:budget_id>/lines/file/", files.lines_file, name="budget_lines_file"),
    path("budgets/<int:budget_id>/lines/bring/", files.lines_bring, name="budget_lines_bring"),
    path("budgets/<int:budget_id>/lines/add/", views.line_add, name="budget_line_add"),
    path("budgets/<int:budget_id>/lines/<int:line_id>/", views.line, name="budget_line"),
    path("budgets/<int:budget_id>/lines/<int:line_id>/remove/", views.line_remove, name="budget_line_remove"),
]
