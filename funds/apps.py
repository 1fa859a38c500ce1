from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Where the money sits: designations, postings and entries."""

    name = "funds"
