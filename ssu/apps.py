from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SsuConfig(AppConfig):
    """Strategies, smallest strategic units and their roll-out in six steps."""

    name = "ssu"

    def ready(self) -> None:
        from agencies import proofs, saved_views, search
        from agencies.operations.people import register_unit_role_ender, register_unit_role_giver
        from agencies.queries import register_unit_role_lister
        from agencies.seats import register_aliases, register_unit_roles
        from core import slots
        from jobs import keepers
        from ssu import (
            activity,
            coaching_copied,
            copying,
            evidence,
            receivers,  # noqa: F401 - they listen
            rollout_tasks,  # noqa: F401 - it registers the jobs
            tasks,  # noqa: F401 - it registers the jobs
        )
        from ssu.copied_parts import PARTS
        from ssu.evidence_kinds import RESOLVERS
        from ssu.operations import end_unit_roles, give_unit_role
        from ssu.pages import coaching_acts
        from ssu.pages.acts import KINDS, SOURCES
        from ssu.pages.gate_part import gate_part
        from ssu.pages.people_file import people_file_link
        from ssu.proofs import prove_rollout
        from ssu.queries.files import FOLDER, with_row
        from ssu.queries.found import find_units, find_workers
        from ssu.queries.people import aliases_for, roles_of_many, unit_roles
        from ssu.queries.tallies import matrix_counts, register_counts
        from ssu.unit_filters import MATRIX, REGISTER, listing

        register_unit_roles(unit_roles)
        register_aliases(aliases_for)
        register_unit_role_lister(roles_of_many)
        register_unit_role_giver(give_unit_role)
        register_unit_role_ender(end_unit_roles)
        for evidence_kind, resolver in RESOLVERS.items():
            evidence.register(evidence_kind, resolver)
        for part in (*PARTS, coaching_copied.PART):
            copying.register(part)
        for name, label in (KINDS | coaching_acts.KINDS).items():
            activity.add_kind(name, label)
        activity.register(*SOURCES, *coaching_acts.SOURCES)
        saved_views.register(listing("units", "units", "units.view", REGISTER, register_counts))
        saved_views.register(listing("matrix", "matrix", "rollout.view", MATRIX, matrix_counts))
        keepers.register(FOLDER, with_row)
        proofs.register("rollout", prove_rollout)
        search.register(_("Units"), find_units, right="units.view")
        search.register(_("People who serve"), find_workers, right="rollout.view")
        slots.register("people-more", people_file_link)
        slots.register("unit-aside", gate_part, order=10)
        self.tell()
        self.invite()
        self.show()

    def tell(self) -> None:
        """Of what it tells and asks people, and what its things are called there."""
        from delivery import business, kinds, naming
        from ssu import coaching_kinds, notice_kinds
        from ssu.operations.duties import foreign_duties
        from ssu.queries.told import actors_told, items_told, people_told
        from ssu.queries.units import public_names, shown_names

        kinds.register(*notice_kinds.KINDS, *coaching_kinds.KINDS)
        naming.register(notice_kinds.UNIT, public_names, shown_names)
        naming.register_mark(notice_kinds.ACTOR, actors_told)
        naming.register_mark(notice_kinds.ITEM, items_told)
        naming.register_mark(notice_kinds.PERSON, people_told)
        business.register(notice_kinds.UNIT, foreign_duties)

    def invite(self) -> None:
        """What it knows of the people behind invitations."""
        from agencies.operations.addressees import register_people
        from agencies.operations.people import register_person_seater
        from agencies.queries.invitations import register_unit_namer
        from ssu.operations.people_file import is_anothers, seat_invited
        from ssu.queries.units import names_seen

        register_unit_namer(names_seen)
        register_person_seater(seat_invited)
        register_people(is_anothers)

    def show(self) -> None:
        """The places at which its pages are reached."""
        from agencies.navigation import Entry, add_navigation, add_to_add_menu, add_to_search
        from agencies.settings_tabs import add_settings_tab

        add_settings_tab("six_steps", _("Six steps"), "settings.edit")
        add_settings_tab("coaching_areas", _("Coaching"), "units.edit")
        add_settings_tab("starter_pack", _("Starter pack"), "starter.view")
        add_navigation(Entry(20, "Units", "units", "units.view", "users", also=("strategies",)))
        add_navigation(Entry(25, _("Coaching"), "my_coaching", "coaching.mine"))
        add_to_search(
            Entry(10, _("Step matrix"), "matrix", "rollout.view", found_by=_("export CSV XLSX print")),
            Entry(20, _("Strategies"), "strategies", "units.view"),
            Entry(30, _("File of people"), "people_file", "people.edit"),
        )
        add_to_add_menu(
            Entry(6, _("Coaching"), "add_coaching", "coaching.record"),
            Entry(7, _("Conversation"), "add_conversation", "dialogue.record"),
            Entry(8, _("Reading"), "add_reading", "rollout.claim"),
        )
        add_to_add_menu(Entry(55, "Strategy", "strategy_add", "units.edit"))
        add_to_add_menu(Entry(60, "{unit}", "unit_add", "units.edit"))
