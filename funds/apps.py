from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    """Where the money sits: designations, postings and entries."""

    name = "funds"

    def ready(self) -> None:
        from agencies import proofs, search
        from agencies.navigation import Entry, add_to_add_menu
        from core import slots
        from funds.evidence import DESIGNATIONS, KIND
        from funds.proofs import prove_ledger
        from funds.queries.found import find_designations
        from funds.slots import import_totals
        from imports.giving_tabs import add_giving_tab
        from ssu import evidence

        evidence.register(KIND, DESIGNATIONS)
        proofs.register("ledger", prove_ledger)
        search.register(_("Designations"), find_designations, right="gifts.view")
        slots.register("import-totals", import_totals)
        add_giving_tab(Entry(20, "Designations", "designations", "gifts.view"))
        add_giving_tab(Entry(25, "Ledger", "ledger", "ledger.view"))
        add_to_add_menu(Entry(45, "Expense", "expense_add", "ledger.post"))
        add_to_add_menu(Entry(50, "Designation", "designation_add", "designations.edit"))
