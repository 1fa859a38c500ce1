from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Passing relationships on when a worker leaves."""

    name = "handover"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies.navigation import Entry, add_navigation
        from agencies.queries.activity import keep_back
        from communications import series
        from delivery import kinds
        from handover.notice_kinds import KINDS
        from handover.operations.letters import check_told
        from handover.queries import letters
        from handover.queries.kept_back import acts_kept_back
        from ssu.unit_tabs import UnitTab, add_tab

        kinds.register(*KINDS)
        asked = (letters.readers, letters.nobody, letters.nobody)
        of_case = series.Series(*asked, check=check_told, page="handover", right="handover.view")
        series.register(letters.KIND, of_case)
        keep_back(acts_kept_back)
        add_tab(UnitTab(62, _("Support at risk"), "unit_risk", "handover.risk"))
        add_navigation(Entry(48, _("Hand-overs"), "handovers", "handover.view", also=("passing",)))
