from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Partners, giving units, commitments and gifts."""

    name = "partners"

    def ready(self) -> None:
        from agencies import proofs, saved_views, search
        from agencies.operations.agency import register_settings_judge
        from core import slots
        from delivery import event_kinds, naming
        from delivery import kinds as told
        from funds import batches, intents, origins
        from imports import kinds
        from partners.event_kinds import KINDS
        from partners.imports.domain import Giving
        from partners.imports.format_names import FORMAT_NAMES
        from partners.notice_kinds import COMMITMENT_KINDS, FOLLOW_UP, PARTNER
        from partners.operations.sources import keep_source
        from partners.proofs import prove_designations, prove_gifts, prove_merges
        from partners.proofs_of_matches import prove_reconciliation
        from partners.queries.batches_behind import batches_behind
        from partners.queries.found import find_partners
        from partners.queries.intents import intended
        from partners.queries.names import public_names, shown_names
        from partners.queries.origins import gifts_behind
        from partners.saved_lists import saved_lists
        from partners.saved_reports import saved_reports
        from partners.slots import import_choices, import_result, import_stays, unit_giving

        kinds.register(Giving())
        kinds.name_formats(FORMAT_NAMES)
        proofs.register("designations", prove_designations)
        proofs.register("gifts", prove_gifts)
        proofs.register("merges", prove_merges)
        proofs.register("reconciliation", prove_reconciliation)
        register_settings_judge(keep_source)
        origins.register(gifts_behind)
        batches.register(batches_behind)
        intents.register(intended)
        event_kinds.register(*KINDS)
        told.register(FOLLOW_UP, *COMMITMENT_KINDS.values())
        naming.register(PARTNER, public_names, shown_names)
        for listing in (*saved_lists(), *saved_reports()):
            saved_views.register(listing)
        search.register(_("Partners"), find_partners, right="partners.view")
        slots.register("import-result", import_result)
        slots.register("import-stays", import_stays)
        slots.register("import-choices", import_choices)
        slots.register("unit-aside", unit_giving)
        show_pages()


def show_pages() -> None:
    """Tabs, navigation and the menu of what one can add."""
    from agencies.navigation import Entry, add_navigation, add_to_add_menu
    from agencies.settings_tabs import add_settings_tab
    from imports.giving_tabs import add_giving_tab

    add_settings_tab("partner_settings", _("Partners"), "settings.edit")
    add_settings_tab("commitment_settings", _("Commitments"), "settings.edit")
    add_giving_tab(Entry(10, "Gifts", "gifts", "gifts.view"))
    add_giving_tab(Entry(12, "Giving reports", "giving_reports", "gifts.view"))
    add_giving_tab(Entry(15, "Batches", "batches", "gifts.record"))
    add_giving_tab(Entry(20, "Commitments", "commitments", "partners.amounts"))
    add_giving_tab(Entry(25, "My giving", "own_giving", "partners.care"))
    add_giving_tab(Entry(30, "Review", "reviews", "gifts.record"))
    add_giving_tab(Entry(48, "Reconcile", "reconcile", "ledger.view"))
    add_giving_tab(Entry(50, "Bank and payouts", "statement_lines", "ledger.view"))
    add_giving_tab(Entry(60, "Go live", "go_live", "go_live.sign"))
    add_navigation(Entry(30, "Partners", "partners", "partners.view", "user-round"))
    add_navigation(Entry(40, "Giving", "gifts", "gifts.view", "file-text"))
    add_navigation(Entry(35, "Phone call", "calls", "partners.contact", "phone"))
    add_to_add_menu(Entry(10, "Partner", "partner_add", "partners.edit"))
    add_to_add_menu(Entry(20, "Gift", "gift_add", "gifts.record"))
    add_to_add_menu(Entry(22, "Batch of gifts", "batch_add", "gifts.record"))
