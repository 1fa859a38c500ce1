from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The landing page of each role, and the demo."""

    name = "home"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies.navigation import Entry, add_navigation

        add_navigation(Entry(10, _("Home"), "home", "home.view"))
