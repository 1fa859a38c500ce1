from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The landing page of each role, and search."""

    name = "home"
