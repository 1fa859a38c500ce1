"""Telling people what happened to an action item that concerns them, and ending what was asked once it is settled.
Units are called by their public name, which is filled in when it is read.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency
from delivery.kinds import Kind
from delivery.naming import NAME
from delivery.operations import Named, notify, reschedule_tasks, settle_tasks
from ssu import notice_kinds as kinds
from ssu.models import ActionItem, State, Worker
from ssu.queries.people import confirmers_of
from ssu.states import UNCLAIMED


def to_do(item: ActionItem) -> str:
    """The matter of doing an item: one task of a person, whatever asked for it."""
    return f"item {item.pk} do"


def to_confirm(item: ActionItem) -> str:
    """The matter of confirming an item."""
    return f"item {item.pk} confirm"


def settle_matters(item: ActionItem) -> None:
    """End the tasks that the state of an item leaves without a matter. The same state twice changes nothing."""
    over = [] if item.state in UNCLAIMED else [to_do(item)]
    over += [] if item.state == State.READY else [to_confirm(item)]
    settle_tasks(about=over)


def tell_confirmers(agency: Agency, actor: User, item: ActionItem) -> None:
    """An item waits: told to everybody else who may confirm it."""
    said = _("%(unit)s: item %(key)s is claimed and waits for confirmation.")
    tell(agency, confirmers_of(item.unit).exclude(pk=actor.pk), item, kinds.READY, said, about=to_confirm(item))


def tell_claimant(agency: Agency, actor: User, item: ActionItem, claimant: User | None) -> None:
    """What became of a claim: told to whoever made it, unless they did it themselves."""
    if claimant is None or claimant == actor:
        return
    if item.confirmed_by_id:
        tell(agency, [claimant], item, kinds.CONFIRMED, _("%(unit)s: item %(key)s, which you claimed, is confirmed."))
        return
    said = _("%(unit)s: item %(key)s, which you claimed, is open again.")
    if item.state == State.READY:
        said = _("%(unit)s: item %(key)s, which you claimed, waits for confirmation again.")
    asks = to_do(item) if item.state in UNCLAIMED else ""
    tell(agency, [claimant], item, kinds.REOPENED, said, about=asks, asks=bool(asks))


def tell_confirmer(agency: Agency, actor: User, item: ActionItem, confirmer: User | None) -> None:
    """A confirmation is void because what it rested on has gone: told to whoever confirmed, unless they did it."""
    if confirmer is None or confirmer == actor:
        return
    said = _("%(unit)s: item %(key)s, which you confirmed, is open again.")
    tell(agency, [confirmer], item, kinds.REOPENED, said, asks=False)


def tell_assignee(agency: Agency, actor: User, item: ActionItem, *, is_new: bool) -> None:
    """Who shall do an item, and by when: told to whom it is given, unless they took it themselves. It is one task of
    theirs and of nobody else any more; another day moves it.
    """
    doer = user_of(item.assignee)
    settle_tasks(about=[to_do(item)], but_for=doer)
    reschedule_tasks(about=to_do(item), due_on=item.due_on)
    if doer is None or not is_new or item.state not in UNCLAIMED:
        return
    said = _("%(unit)s: item %(key)s is yours to do.")
    if item.due_on:
        said = _("%(unit)s: item %(key)s is yours to do by %(day)s.")
    tell(agency, [doer], item, kinds.ASSIGNED, said, about=to_do(item), quiet_for=actor)


def user_of(worker: Worker | None) -> User | None:
    """Who signs in as this person and still serves here."""
    membership = worker.membership if worker else None
    return membership.user if membership and membership.left_at is None and membership.user.is_active else None


def tell(
    agency: Agency,
    users: Iterable[User],
    item: ActionItem,
    kind: Kind,
    said: str,
    *,
    about: str = "",
    key: str = "",
    asks: bool = True,
    quiet_for: User | None = None,
) -> None:
    """One sentence about an item. `said` names the unit, the key and, if it likes, the day."""
    day = day_in_words(agency, item.due_on) if item.due_on else ""
    notify(
        agency=agency,
        users=users,
        kind=kind.name,
        text=said % {"unit": NAME, "key": item.number, "day": day},
        url=reverse("item", args=[agency.slug, item.unit_id, item.key]),
        named=Named(kinds.UNIT, item.unit_id),
        about=about,
        key=key,
        due_on=item.due_on,
        to_do=f"{NAME}: {what_to_do(item)}",
        asks=asks,
        quiet_for=quiet_for,
    )


def what_to_do(item: ActionItem) -> str:
    """An item in a task: an agency's own words for it may name a unit that is closed later, so they stay out."""
    return item.unnamed_wording if item.own_wording else f"{item.key} {item.wording}"
