from django.apps import AppConfig
from django.conf import settings


class CoreConfig(AppConfig):
    """No tables and no tenant: money, periods, errors, PDF, page slots, components."""

    name = "core"

    def ready(self) -> None:
        if settings.QUICK_MIGRATIONS:
            from core import quick_migrations

            quick_migrations.install()
