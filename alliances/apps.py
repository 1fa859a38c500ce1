from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    """Collective impact: several organizations under a backbone, in six components."""

    name = "alliances"

    def ready(self) -> None:
        from accounts.spaces import register
        from agencies import demo
        from alliances.demo_part import PART
        from alliances.frame import spaces

        register("alliance", spaces)
        demo.register(PART)
