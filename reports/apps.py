from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures, statements and giving documents."""

    name = "reports"
