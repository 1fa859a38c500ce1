from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AgenciesConfig(AppConfig):
    """The tenant: agency, membership, roles, access, scope, audit, idempotency keys."""

    name = "agencies"

    def ready(self) -> None:
        from agencies import checks  # noqa: F401
        from agencies.guard import watch

        connection_created.connect(watch, dispatch_uid="agencies.guard")
