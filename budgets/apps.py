from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """Vision-based budgets and their coverage."""

    name = "budgets"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import saved_views
        from agencies.navigation import Entry, add_navigation
        from budgets import tasks  # noqa: F401 - it registers the job
        from budgets.copied_parts import BUDGET
        from budgets.evidence import BUDGETS, KIND
        from budgets.gap_filters import LISTING
        from budgets.notice_kinds import GAP
        from budgets.parts import public_card, unit_coverage
        from budgets.preferring_part import preference_part
        from core import slots
        from delivery import kinds
        from ssu import copying, evidence

        add_navigation(Entry(45, _("Budgets"), "budgets", "budgets.view"))
        copying.register(BUDGET)
        evidence.register(KIND, BUDGETS)
        saved_views.register(LISTING)
        kinds.register(GAP)
        slots.register("partner-aside", preference_part)
        slots.register("unit-overview", unit_coverage, order=20)
        slots.register("unit-appeals", public_card)
