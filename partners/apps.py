from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partners, giving units, commitments and gifts."""

    name = "partners"

    def ready(self) -> None:
        from imports import kinds
        from partners.imports.domain import Giving

        kinds.register(Giving())
