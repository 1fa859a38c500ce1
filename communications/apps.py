from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    """Letters to partners, audiences, consent."""

    name = "communications"
