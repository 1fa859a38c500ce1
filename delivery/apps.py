from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """The outbox, suppression and notifications. Knows nothing of partners."""

    name = "delivery"

    def ready(self) -> None:
        from agencies.context import register_notice_counter
        from agencies.navigation import Entry, add_navigation, add_to_add_menu
        from delivery import kinds, receivers  # noqa: F401
        from delivery.queries import new_notices
        from jobs.due import Due, register_sweeper
        from jobs.nudge import nudge

        def wake_sender(rows: list[Due]) -> None:
            nudge("delivery.tasks.send_due")

        register_sweeper("outbox", wake_sender)
        register_notice_counter(new_notices)
        kinds.register(kinds.JOB_ENDED)
        add_to_add_menu(Entry(5, _("Task"), "tasks", "home.view"))
        add_navigation(Entry(55, "Outbox", "outbox", "outbox.view"))
