"""Telling people that a roll-out can be declared complete, that it was, and that it is no more."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from delivery.kinds import Kind
from delivery.naming import NAME
from delivery.operations import Named, notify, overtake, settle_tasks
from ssu import notice_kinds as kinds
from ssu.models import ActionItem, RollOut, Unit
from ssu.models.rollout import SETTLED
from ssu.queries.declaring import set_aside_by
from ssu.queries.people import confirmers_of, holders_of
from ssu.queries.second_person import families_of


def to_declare(unit_id: int) -> str:
    """The matter of declaring a roll-out complete."""
    return f"unit {unit_id} declare"


def page_of(agency: Agency, unit_id: int) -> str:
    """Where a notice about a declaration leads."""
    return reverse("rollout", args=[agency.slug, unit_id])


def ask_to_declare(item: ActionItem) -> None:
    """After an act on an item: once nothing of its unit is open, everybody who may declare is asked to; while something
    is, nobody.
    """
    unit, agency = item.unit, item.agency
    if item.state not in SETTLED:
        settle_tasks(about=[to_declare(unit.pk)])
        overtake(kinds=[kinds.TO_DECLARE.name], url=page_of(agency, unit.pk))
        return
    if ActionItem.objects.filter(unit=unit).exclude(state__in=SETTLED).exists():
        return
    if RollOut.objects.standing().filter(unit=unit).exists():
        return
    aside = [user_id for user_id in set_aside_by(unit.pk).values() if user_id is not None]
    others = holders_of("rollout.declare", unit).exclude(pk__in=families_of(aside))
    said = _("%(unit)s: every action item is settled. Look at the whole once more, then declare the roll-out complete.")
    tell(agency, None, others, unit, kinds.TO_DECLARE, said, about=to_declare(unit.pk))


def tell_declared(agency: Agency, actor: User, unit: Unit) -> None:
    """A roll-out is declared complete: nobody is asked any more, and whoever confirms here hears of it."""
    settle_tasks(about=[to_declare(unit.pk)])
    said = _("%(unit)s: %(who)s declared the roll-out complete.")
    tell(agency, actor, confirmers_of(unit).exclude(pk=actor.pk), unit, kinds.DECLARED, said)


def tell_taken_back(agency: Agency, actor: User, row: RollOut) -> None:
    """A declaration stands no more: that it was made is news no more. Whoever made it and everybody who was told of it
    hear so, but for the actor; a slip of the finger is told to nobody.
    """
    overtake(kinds=[kinds.DECLARED.name], url=page_of(agency, row.unit_id))
    said = _("%(unit)s: %(who)s took your declaration back that the roll-out is complete. Read there why.")
    if row.declared_by != actor:
        tell(agency, actor, [row.declared_by], row.unit, kinds.DECLARATION_BACK, said)
    if not row.taken_back_reason:
        return
    said = _("%(unit)s: %(who)s took back that the roll-out is complete. Read there why.")
    others = confirmers_of(row.unit).exclude(pk__in=[actor.pk, row.declared_by_id])
    tell(agency, actor, others, row.unit, kinds.DECLARATION_BACK, said)


def tell(
    agency: Agency, actor: User | None, users: Iterable[User], unit: Unit, kind: Kind, said: str, *, about: str = ""
) -> None:
    """One sentence about a unit."""
    who = kinds.actor_mark(unit.pk, actor.pk) if actor else ""
    notify(
        agency=agency,
        users=users,
        kind=kind.name,
        text=said % {"unit": NAME, "who": who},
        url=page_of(agency, unit.pk),
        named=Named(kinds.UNIT, unit.pk),
        about=about,
        asks=bool(about),
    )
