from django.apps import AppConfig


class TransitionConfig(AppConfig):
    """Moving open commitments from the accounts of workers to their unit."""

    name = "transition"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import proofs
        from agencies.navigation import Entry, add_navigation
        from communications import series
        from core import slots
        from delivery import kinds
        from partners import erasing
        from ssu import evidence
        from ssu.unit_tabs import UnitTab, add_tab
        from transition import (
            receivers,  # noqa: F401 - they listen
            tasks,  # noqa: F401 - it registers the jobs
        )
        from transition.erasing import PART
        from transition.evidence import KIND, WAVES
        from transition.notice_kinds import REPLIES_DUE
        from transition.operations.notices import check_open
        from transition.partner_part import shift_notice, shift_part
        from transition.proofs import prove_transition
        from transition.queries import notices

        asked = (notices.readers, notices.talked_to, notices.told)
        letters = series.Series(*asked, check=check_open, page="wave", right="transition.view")
        series.register(notices.KIND, letters)
        kinds.register(REPLIES_DUE)
        proofs.register("transition", prove_transition)
        erasing.register(PART)
        slots.register("partner-aside", shift_part)
        slots.register("call-care", shift_notice)
        evidence.register(KIND, WAVES)
        add_tab(UnitTab(60, _("Transition"), "transition", "transition.view"))
        add_navigation(Entry(47, _("Transition"), "transitions", "transition.figures"))
