from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """The outbox, suppression and notifications. Knows nothing of partners."""

    name = "delivery"

    def ready(self) -> None:
        from accounts.operations import reseal_also
        from agencies.context import register_notice_counter
        from agencies.navigation import Entry, add_navigation, add_to_add_menu
        from agencies.settings_tabs import add_settings_tab
        from delivery import kinds, receivers  # noqa: F401
        from delivery.operations.resealing import reseal_webhooks
        from delivery.queries import new_notices
        from delivery.webhook_alarm import WEBHOOK_PAUSED
        from jobs.due import Due, register_sweeper
        from jobs.nudge import nudge

        def wake_sender(rows: list[Due]) -> None:
            nudge("delivery.tasks.send_due")

        def wake_teller(rows: list[Due]) -> None:
            nudge("delivery.tasks.send_webhooks")

        register_sweeper("outbox", wake_sender)
        register_sweeper("webhook", wake_teller)
        register_notice_counter(new_notices)
        reseal_also(reseal_webhooks)
        kinds.register(kinds.JOB_ENDED, WEBHOOK_PAUSED)
        add_to_add_menu(Entry(5, _("Task"), "tasks", "home.view"))
        add_settings_tab("webhooks", _("Webhooks"), "webhooks.edit")
        add_navigation(Entry(55, "Outbox", "outbox", "outbox.view"))
