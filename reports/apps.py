from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures, statements and giving documents."""

    name = "reports"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import proofs
        from agencies.navigation import Entry, add_navigation
        from core import slots
        from partners import erasing
        from partners.imports.undoing import holds
        from partners.queries.calls.finding import register_finder
        from reports.call_part import givers_by_statement, statements_part
        from reports.erasing import PART, kept_statements
        from reports.parts import budget_papers, unit_report
        from reports.proofs import prove_statements
        from reports.queries.holds import ISSUED
        from ssu.unit_tabs import UnitTab, add_tab

        proofs.register("statements", prove_statements)
        holds.register(ISSUED)
        erasing.register(PART)
        slots.register("partner-aside", kept_statements)
        register_finder(givers_by_statement)
        slots.register("call-send", statements_part)
        slots.register("budget-papers", budget_papers)
        slots.register("unit-aside", unit_report, order=80)
        add_tab(UnitTab(80, _("Benefits"), "unit_benefits", "reports.view"))
        add_navigation(Entry(60, "Reports", "reports", "reports.view", "file-text"))
