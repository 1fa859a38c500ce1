from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Reading files, staged rows, check, apply and undo. Knows nothing of gifts."""

    name = "imports"

    def ready(self) -> None:
        from agencies.navigation import Entry, add_to_add_menu
        from imports import receivers as _receivers  # noqa: F401 - connects them
        from imports.giving_tabs import add_giving_tab

        add_giving_tab(Entry(40, "Imports", "imports", "imports.run"))
        add_to_add_menu(Entry(30, "Import", "imports", "imports.run"))
