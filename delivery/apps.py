from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The outbox, suppression and notifications. Knows nothing of partners."""

    name = "delivery"
