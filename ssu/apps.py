from django.apps import AppConfig


class SsuConfig(AppConfig):
    """Strategies, smallest strategic units and their roll-out in six steps."""

    name = "ssu"
