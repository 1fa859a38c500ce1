from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    """Collective impact: several organizations under a backbone, in six components."""

    name = "alliances"
