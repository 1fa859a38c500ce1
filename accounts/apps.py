from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The person who signs in."""

    name = "accounts"
