from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    """Collective impact: several organizations under a backbone, in six components."""

    name = "alliances"

    def ready(self) -> None:
        from accounts.spaces import register
        from alliances.frame import spaces

        register("alliance", spaces)
