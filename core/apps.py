from django.apps import AppConfig


class CoreConfig(AppConfig):
    """No tables and no tenant: money, periods, errors, PDF, page slots, components."""

    name = "core"
