"""Addresses below `/a/<agency>/`."""

from django.urls import path

from reports.views import benefits, budget_papers, library, runs, sending, statements, timing, unit_reports

ONE = "reports/statements/<int:year>/<int:pk>/"

urlpatterns = [
    path("reports/", library.reports, name="reports"),
    path("reports/giving/", library.giving_by_designation, name="giving_by_designation"),
    path("units/<int:pk>/benefits/", benefits.unit_benefits, name="unit_benefits"),
    path("units/<int:pk>/report/", unit_reports.unit_report_start, name="unit_report_start"),
    path("budgets/<int:pk>/paper/", budget_papers.budget_paper_start, name="budget_paper_start"),
    path("budgets/<int:pk>/case/", budget_papers.case_start, name="case_start"),
    path("reports/statements/", statements.statements, name="statements"),
    path("reports/statements/run/", runs.statement_run_start, name="statement_run_start"),
    path("reports/statements/runs/<int:pk>/", runs.statement_run, name="statement_run"),
    path("reports/statements/runs/<int:pk>/cancel/", runs.statement_run_cancel, name="statement_run_cancel"),
    path("reports/statements/start/", statements.receipt_start, name="receipt_start"),
    path("reports/statements/issues/<int:pk>/send/", sending.statement_send, name="statement_send"),
    path("reports/statements/files/<int:pk>/", statements.statement_file, name="statement_file"),
    path("reports/statements/<int:year>/timing/", timing.statement_timing, name="statement_timing"),
    path("reports/statements/<int:year>/<slug:reason>/all/", statements.statement_list, name="statement_list"),
    path(ONE, statements.statement, name="statement"),
    path(f"{ONE}issue/", statements.statement_issue, name="statement_issue"),
]
