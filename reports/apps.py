from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures, statements and giving documents."""

    name = "reports"

    def ready(self) -> None:
        from agencies import proofs
        from agencies.navigation import Entry, add_navigation
        from reports.proofs import prove_statements

        proofs.register("statements", prove_statements)
        add_navigation(Entry(60, "Reports", "reports", "reports.view", "file-text"))
