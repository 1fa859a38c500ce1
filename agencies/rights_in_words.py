"""The table of rights, said to a person: what somebody with these roles may see and do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from agencies.models.people import Role
from agencies.rights import ALL, OWN, RIGHTS, UnknownRight, reach

AREAS: Final[dict[str, Any]] = {
    "home": _("The workspace"),
    "units": _("Units and their steps"),
    "partners": _("Partners and giving"),
    "budgets": _("Budgets"),
    "transition": _("Transition from workers to units"),
    "handover": _("Hand-over when a worker leaves"),
    "letters": _("Letters"),
    "reports": _("Reports and statements"),
}
WORDS: Final[dict[str, tuple[str, Any]]] = {
    "home.view": ("home", _("open the home page")),
    "settings.edit": ("home", _("change the settings of the agency")),
    "people.view": ("home", _("see who works here")),
    "people.edit": ("home", _("invite people and change their roles")),
    "audit.view": ("home", _("see who did what")),
    "jobs.view": ("home", _("follow long tasks")),
    "keys.make": ("home", _("make keys by which programs use the API for you, and end them")),
    "archive.take": ("home", _("take away everything that the agency owns, in one archive")),
    "webhooks.edit": ("home", _("choose which programs are told what happens")),
    "units.view": ("units", _("see units")),
    "units.edit": ("units", _("add and change units")),
    "units.unmask": ("units", _("see names and places of closed units")),
    "goals.edit": ("units", _("write impact goals and readings")),
    "rollout.view": ("units", _("see the six steps")),
    "rollout.claim": ("units", _("claim steps with evidence")),
    "rollout.confirm": ("units", _("confirm steps")),
    "rollout.declare": ("units", _("declare a roll-out complete")),
    "rollout.take_back": ("units", _("take back that a roll-out is declared complete")),
    "appeals.approve": ("units", _("approve emergency appeals, and take them back")),
    "pages.open": ("units", _("open and close the public pages of units")),
    "dialogue.view": ("units", _("read what was talked over with team leaders")),
    "dialogue.record": ("units", _("write down conversations with team leaders")),
    "coaching.view": ("units", _("see who was coached in what")),
    "coaching.record": ("units", _("plan and log coaching")),
    "coaching.mine": ("units", _("see your own coaching, and say how sure you feel")),
    "coaching.confidence": ("units", _("see how sure the people you coach feel")),
    "starter.view": ("units", _("read the starter pack")),
    "partners.view": ("partners", _("see the names of partners")),
    "partners.contact": ("partners", _("see how to reach partners, and what is known about them")),
    "partners.note": ("partners", _("read notes about partners")),
    "partners.amounts": ("partners", _("see what partners give")),
    "partners.edit": ("partners", _("add and change partners")),
    "partners.care": ("partners", _("log contacts and follow-ups with the partners that you care for")),
    "partners.erase": ("partners", _("erase a partner for good")),
    "partners.merge": ("partners", _("say which records are one partner, merge them, and undo it")),
    "partners.hold": ("partners", _("say who holds the relationship with a partner")),
    "gifts.view": ("partners", _("see gifts")),
    "gifts.record": ("partners", _("record and correct gifts")),
    "designations.edit": ("partners", _("open and close designations")),
    "imports.run": ("partners", _("import files")),
    "ledger.view": ("partners", _("see the ledger")),
    "ledger.post": ("partners", _("post transfers, expenses and assessments, and take postings back")),
    "go_live.sign": ("partners", _("compare old and new totals, and sign the go-live date")),
    "ledger.setup": ("partners", _("open accounts, make rules of assessment, close months, hand out journals")),
    "budgets.view": ("budgets", _("see budgets")),
    "budgets.edit": ("budgets", _("write budgets")),
    "budgets.approve": ("budgets", _("approve budgets")),
    "transition.figures": ("transition", _("see how much has moved from workers' accounts to units")),
    "transition.view": ("transition", _("see the commitments in waves, and what their givers replied")),
    "transition.plan": ("transition", _("plan, open and close waves")),
    "transition.talk": ("transition", _("note talks and replies, and move commitments to the unit")),
    "transition.guarantee": ("transition", _("write down how the pay of affected workers is guaranteed")),
    "handover.risk": ("handover", _("see how much support rests on one holder in a unit")),
    "handover.view": ("handover", _("see cases of workers who leave, and the partners whom they held")),
    "handover.open": ("handover", _("open and close cases of workers who leave")),
    "handover.pass": ("handover", _("name new holders and note introductions")),
    "handover.foresee": ("handover", _("ask what would be lost if one worker left; each time is written down")),
    "letters.view": ("letters", _("read letters")),
    "letters.write": ("letters", _("write letters")),
    "letters.send": ("letters", _("send letters to partners")),
    "messages.view": ("letters", _("read the core messages")),
    "guidelines.view": ("letters", _("read the guidelines for communication")),
    "guidelines.write": ("letters", _("write the guidelines for communication")),
    "words.acknowledge": ("letters", _("acknowledge core messages and guidelines")),
    "consent.view": ("letters", _("see who agreed to receive letters, and who objected")),
    "consent.edit": ("letters", _("change who agreed to receive letters")),
    "outbox.view": ("letters", _("see what was sent")),
    "reports.view": ("reports", _("see reports")),
    "statements.view": ("reports", _("see giving statements")),
    "statements.run": ("reports", _("make giving statements")),
    "statements.send": ("reports", _("send a giving statement again to the address on record")),
}
"""Right -> its area and what it allows, to be read after "You may"."""


def area_of(right: str) -> str:
    """The area of a right. Raises UnknownRight."""
    if right not in WORDS:
        raise UnknownRight(right)
    return WORDS[right][0]


@dataclass(frozen=True)
class Allowed:
    """What is allowed in one area: `everywhere` in the whole agency, `own` only in one's own units."""

    area: str
    everywhere: list[str]
    own: list[str]


def allowed(roles: Iterable[str]) -> list[Allowed]:
    """What these roles together allow, by area in the order of AREAS; areas without any right are left out."""
    held = [Role(role) for role in roles]
    found = [Allowed(str(words), in_area(area, held, ALL), in_area(area, held, OWN)) for area, words in AREAS.items()]
    return [each for each in found if each.everywhere or each.own]


def allowed_areas(roles: Iterable[str]) -> set[str]:
    """The areas in which these roles together allow anything."""
    held = {Role(role) for role in roles}
    return {WORDS[right][0] for right, table in RIGHTS.items() if right in WORDS and held & table.keys()}


def in_area(area: str, roles: list[Role], wanted: str) -> list[str]:
    """The words of the rights of an area that the roles reach so far and no further."""
    rights = [right for right in RIGHTS if right in WORDS and WORDS[right][0] == area]
    return [str(WORDS[right][1]) for right in rights if widest(right, roles) == wanted]


def widest(right: str, roles: list[Role]) -> str | None:
    """ALL when one of the roles reaches the whole agency, OWN when one reaches units, else None."""
    reached = {reach(right, role) for role in roles}
    return ALL if ALL in reached else OWN if OWN in reached else None
