from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The landing page of each role, and the demo."""

    name = "home"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies.navigation import Entry, add_navigation
        from agencies.settings_tabs import add_settings_tab
        from delivery.kinds import Kind, register
        from home.archive.erasing import PART
        from partners import erasing

        erasing.register(PART)
        add_settings_tab("archive", _("Archive"), "archive.take")
        add_navigation(Entry(10, _("Home"), "home", "home.view"))
        register(Kind("proof", _("The nightly proof found a difference"), _("you run the agency"), email=True))
