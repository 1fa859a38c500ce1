from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The person who signs in."""

    name = "accounts"

    def ready(self) -> None:
        from accounts import receivers  # noqa: F401 - connects them
