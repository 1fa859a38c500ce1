from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partners, giving units, commitments and gifts."""

    name = "partners"
