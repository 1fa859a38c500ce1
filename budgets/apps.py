from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """Vision-based budgets and their coverage."""

    name = "budgets"
