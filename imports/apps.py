from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Reading files, staged rows, check, apply and undo. Knows nothing of gifts."""

    name = "imports"
