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
from delivery.operations import Named, notify, overtake, reschedule_tasks, settle_tasks
from ssu import notice_kinds as kinds
from ssu.models import ActionItem, State, Worker
from ssu.queries.people import confirmers_of
from ssu.queries.second_person import family_of
from ssu.states import UNCLAIMED


def to_do(item: ActionItem) -> str:
    """The matter of doing an item: one task of a person, whatever asked for it."""
    return f"item {item.pk} do"


def to_confirm(item: ActionItem) -> str:
    """The matter of confirming an item."""
    return f"item {item.pk} confirm"


def settle_matters(item: ActionItem) -> None:
    """End the tasks that the state of an item leaves without a matter; what was told of an earlier state is news no
    more. The same state twice changes nothing.
    """
    over = [] if item.state in UNCLAIMED else [to_do(item)]
    over += [] if item.state == State.READY else [to_confirm(item)]
    settle_tasks(about=over)
    open_kinds = [kinds.ASSIGNED, kinds.DUE_SOON, kinds.OVERDUE, kinds.REOPENED]
    stale = [] if item.state in UNCLAIMED else open_kinds
    stale += [] if item.state == State.READY else [kinds.READY]
    stale += [] if item.state == State.COMPLETED else [kinds.CONFIRMED]
    overtake(kinds=[kind.name for kind in stale], url=page_of(item))


def page_of(item: ActionItem) -> str:
    """Where a notice about an item leads."""
    return reverse("item", args=[item.agency.slug, item.unit_id, item.key])


def tell_confirmers(agency: Agency, actor: User, item: ActionItem) -> None:
    """An item waits: told to everybody else who may confirm it, but for the claimant's spouse."""
    said = _("%(unit)s: %(who)s claimed %(item)s as done. Look at the evidence, then confirm it.")
    others = confirmers_of(item.unit).exclude(pk__in=family_of(actor.pk))
    tell(agency, actor, others, item, kinds.READY, said, about=to_confirm(item))


def tell_confirmed(agency: Agency, actor: User, item: ActionItem) -> None:
    """A claim is confirmed: told to whoever made it."""
    said = _("%(unit)s: %(who)s confirmed %(item)s, which you claimed. There is nothing more to do.")
    tell_claimant(agency, actor, item, item.claimed_by, kinds.CONFIRMED, said)


def tell_taken_back(agency: Agency, actor: User, item: ActionItem, claimant: User | None) -> None:
    """What became of a claim when the last act was taken back, told to whoever made it: a confirmation went, or the
    claim itself. What was set aside asks nobody.
    """
    if item.state == State.READY:
        said = _(
            "%(unit)s: %(who)s took back the confirmation of %(item)s. Your claim waits for another; read there what is"
            " missing."
        )
    else:
        said = _("%(unit)s: %(who)s took back your claim of %(item)s. Read there what is missing, then claim it again.")
    tell_claimant(agency, actor, item, claimant, kinds.REOPENED, said)


def tell_put_back(agency: Agency, actor: User, item: ActionItem, doer: User | None) -> None:
    """A confirmation, or that an item does not apply, was taken back: told to whoever had said it."""
    said = _("%(unit)s: %(who)s took back your confirmation of %(item)s. Read there why.")
    if item.state in UNCLAIMED:
        said = _("%(unit)s: %(who)s took back that %(item)s does not apply, which you had said. Read there why.")
    tell_confirmer(agency, actor, item, doer, said)


def tell_evidence_removed(
    agency: Agency, actor: User, item: ActionItem, claimant: User | None, confirmer: User | None
) -> None:
    """An item is open again because evidence went: told to whoever claimed and confirmed it."""
    said = _(
        "%(unit)s: %(who)s removed evidence of %(item)s, so your claim is open. Add evidence, then claim it again."
    )
    tell_claimant(agency, actor, item, claimant, kinds.REOPENED, said)
    said = _(
        "%(unit)s: %(who)s removed evidence of %(item)s, so your confirmation fell. You are asked when it is claimed"
        " again."
    )
    tell_confirmer(agency, actor, item, confirmer, said)


def tell_ground_changed(
    agency: Agency, actor: User, item: ActionItem, claimant: User | None, confirmer: User | None
) -> None:
    """An item is open again because what it rested on is not what it was: told to whoever claimed and confirmed it."""
    said = _("%(unit)s: %(who)s changed what %(item)s rested on, so your claim is open. Read why, then claim it again.")
    tell_claimant(agency, actor, item, claimant, kinds.REOPENED, said)
    said = _(
        "%(unit)s: %(who)s changed what %(item)s rested on, so your confirmation fell. You are asked when it is claimed"
        " again."
    )
    tell_confirmer(agency, actor, item, confirmer, said)


def tell_claimant(agency: Agency, actor: User, item: ActionItem, claimant: User | None, kind: Kind, said: str) -> None:
    """What became of a claim: told to whoever made it, unless they did it themselves. It is theirs to do once it is
    open again.
    """
    if claimant is None or claimant == actor:
        return
    asks = to_do(item) if item.state in UNCLAIMED else ""
    tell(agency, actor, [claimant], item, kind, said, about=asks, asks=bool(asks))


def tell_confirmer(agency: Agency, actor: User, item: ActionItem, confirmer: User | None, said: str) -> None:
    """What somebody had settled is void: told to whoever settled it, unless they did it themselves."""
    if confirmer is None or confirmer == actor:
        return
    tell(agency, actor, [confirmer], item, kinds.REOPENED, said, asks=False)


def tell_assignee(agency: Agency, actor: User, item: ActionItem, *, is_new: bool) -> None:
    """Who shall do an item, and by when: told to whom it is given, unless they took it themselves. It is one task of
    theirs and of nobody else any more; another day moves it.
    """
    doer = user_of(item.assignee)
    settle_tasks(about=[to_do(item)], but_for=doer)
    reschedule_tasks(about=to_do(item), due_on=item.due_on)
    if doer is None or not is_new or item.state not in UNCLAIMED:
        return
    said = _("%(unit)s: %(who)s gave you %(item)s to do. Claim it there when it is done.")
    if item.due_on:
        said = _("%(unit)s: %(who)s gave you %(item)s to do by %(day)s. Claim it there when it is done.")
    tell(agency, actor, [doer], item, kinds.ASSIGNED, said, about=to_do(item), quiet_for=actor)


def user_of(worker: Worker | None) -> User | None:
    """Who signs in as this person and still serves here."""
    membership = worker.membership if worker else None
    return membership.user if membership and membership.left_at is None and membership.user.is_active else None


def tell(
    agency: Agency,
    actor: User | None,
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
    """One sentence about an item. `said` names the unit, the item and, if it likes, who acted and the day; unit, item
    and person are filled in for each reader when they read it.
    """
    day = day_in_words(agency, item.due_on) if item.due_on else ""
    who = kinds.actor_mark(item.unit_id, actor.pk) if actor else ""
    words = kinds.item_mark(item.pk)
    notify(
        agency=agency,
        users=users,
        kind=kind.name,
        text=said % {"unit": NAME, "item": words, "who": who, "day": day},
        url=page_of(item),
        named=Named(kinds.UNIT, item.unit_id),
        about=about,
        key=key,
        due_on=item.due_on,
        to_do=f"{NAME}: {words}",
        asks=asks,
        quiet_for=quiet_for,
    )
