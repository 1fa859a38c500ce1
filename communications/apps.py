from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunicationsConfig(AppConfig):
    """Letters to partners, audiences, consent."""

    name = "communications"

    def ready(self) -> None:
        from agencies import demo, search
        from agencies.navigation import Entry, add_navigation, add_to_add_menu
        from agencies.settings_tabs import add_settings_tab
        from communications import (
            acts,
            giving_digest,
            kinds,
            notice_kinds,
            reading_tasks,  # noqa: F401 - it registers the job
            receivers,  # noqa: F401 - they listen
            tasks,  # noqa: F401 - it registers the job
        )
        from communications.copied_parts import PARTS
        from communications.demo import build_letters
        from communications.erasing import PART
        from communications.evidence import CORE_MESSAGES, GUIDELINES
        from communications.operations.consent import keep_objections
        from communications.partner_part import consent_part, objections_part
        from communications.queries.found import find_letters
        from core import slots
        from delivery import kinds as told
        from partners import erasing
        from partners.operations.unmerging import when_undone
        from ssu import activity, copying, evidence
        from ssu.unit_tabs import UnitTab, add_tab

        add_navigation(Entry(50, "Letters", "letters", "letters.view"))
        add_tab(UnitTab(50, _("Messages"), "core_messages", "messages.view"))
        add_tab(UnitTab(55, _("Guidelines"), "guidelines", "guidelines.view"))
        add_settings_tab("letter_settings", _("Letters"), "settings.edit")
        add_to_add_menu(Entry(50, "Letter", "letter_add", "letters.write"))
        activity.add_kind(acts.WORDS, acts.TITLE)
        activity.register(*acts.SOURCES)
        told.register(*notice_kinds.KINDS, giving_digest.DIGEST)
        erasing.register(PART)
        when_undone(keep_objections)
        for part in PARTS:
            copying.register(part)
        slots.register("partner-aside", consent_part)
        slots.register("call-care", objections_part)
        demo.register(demo.Part("letters", build_letters))
        evidence.register(kinds.CORE_MESSAGES.evidence, CORE_MESSAGES)
        evidence.register(kinds.GUIDELINES.evidence, GUIDELINES)
        search.register(_("Letters"), find_letters, right="letters.view")
