from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """The tenant: agency, membership, roles, access, scope, audit, idempotency keys."""

    name = "agencies"

    def ready(self) -> None:
        from accounts import spaces
        from agencies import (
            checks,  # noqa: F401
            search,
        )
        from agencies.guard import watch
        from agencies.navigation import Entry, add_navigation, add_to_search
        from agencies.queries.found import find_pages, find_people
        from agencies.queries.spaces import agency_spaces

        connection_created.connect(watch, dispatch_uid="agencies.guard")
        add_navigation(Entry(90, "Settings", "settings", "settings.edit"))
        add_to_search(
            Entry(40, _("Invite person"), "invite", "people.edit"),
            Entry(50, _("Held invitations"), "invitations_held", "people.edit"),
        )
        spaces.register("agency", agency_spaces)
        search.register(_("Pages"), find_pages)
        search.register(_("People"), find_people, right="people.view")
