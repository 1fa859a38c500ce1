"""What the clock tells: items that are due soon or late, and units that have become quiet."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from agencies.models import Agency, Membership, Role
from delivery.naming import NAME
from delivery.operations import Named, notify, settle_tasks
from ssu import notice_kinds as kinds
from ssu.models import ActionItem, TeamMember, Unit
from ssu.operations.duties import forget_talks_with_who_left, release_foreign_duties
from ssu.operations.notices import tell, to_do, user_of
from ssu.queries.quiet import QUIET, stillness
from ssu.states import UNCLAIMED

AHEAD = timedelta(days=7)
QUIET_UNITS = "units quiet"
"""The matter of all quiet units, for administrators."""


def remind(*, agency: Agency) -> int:
    """Tell of open items that are due within a week, and of those that are late; return how many items. Each is told
    once for its day, to whom it is given; where that is nobody, and of what is late, also to the leaders. Before that,
    what people were asked and cannot do any more is taken from their lists.
    """
    today = agency.today()
    release_foreign_duties(agency=agency)
    forget_talks_with_who_left()
    open_items = ActionItem.objects.filter(state__in=UNCLAIMED, unit__status=Unit.Status.ACTIVE)
    due = open_items.filter(due_on__lte=today + AHEAD)
    items = list(due.select_related("unit", "assignee__membership__user").order_by("due_on", "pk"))
    leaders = leaders_by_unit({item.unit_id for item in items})
    for item in items:
        remind_of(agency, item, leaders.get(item.unit_id, set()), is_late=item.due_on < today)
    return len(items)


def remind_of(agency: Agency, item: ActionItem, leaders: set[User], *, is_late: bool) -> None:
    """One item: to who does it, what to do; to the leaders, of what is late or nobody's, whom to ask or to find."""
    doer = user_of(item.assignee)
    kind = kinds.OVERDUE if is_late else kinds.DUE_SOON
    about, key = to_do(item), f"{kind.name} {item.pk} {item.due_on}"
    if doer is not None:
        mine = _("%(unit)s: %(item)s, which you do, is due on %(day)s. Claim it there when it is done.")
        if is_late:
            mine = _("%(unit)s: %(item)s, which you do, was due on %(day)s. Claim it, or choose another day there.")
        tell(agency, None, [doer], item, kind, mine, about=about, key=key)
    if is_late or doer is None:
        said = to_leaders(doer, is_late=is_late)
        tell(agency, doer, leaders - {doer}, item, kind, said, about=about, key=key)


def to_leaders(doer: User | None, *, is_late: bool) -> str:
    """What leaders are told of an item."""
    if doer is not None:
        return _("%(unit)s: %(item)s, which %(who)s does, was due on %(day)s. Ask how it goes.")
    if is_late:
        return _("%(unit)s: %(item)s was due on %(day)s, and nobody does it. Give it to somebody there.")
    return _("%(unit)s: %(item)s is due on %(day)s, and nobody does it. Give it to somebody there.")


def leaders_by_unit(unit_ids: Iterable[int]) -> dict[int, set[User]]:
    """Who leads these units today and signs in, by unit. One query."""
    serving = TeamMember.objects.serving().filter(unit__in=unit_ids, role=Role.LEADER, worker__membership__left_at=None)
    found: dict[int, set[User]] = {}
    for member in serving.filter(worker__membership__user__is_active=True).select_related("worker__membership__user"):
        found.setdefault(member.unit_id, set()).add(member.worker.membership.user)
    return found


def tell_quiet(*, agency: Agency) -> int:
    """Tell, once a calendar week, the leaders of each quiet unit, and the administrators how many there are; return the
    number of units. Nothing is closed. Units that are declared complete or archived are left out.
    """
    units = list(Unit.objects.active())
    quiet = stillness(agency, units)
    found = [(unit, quiet[unit.pk].days) for unit in units if quiet[unit.pk].level == QUIET]
    week = f"{agency.today():%G-%V}"
    leaders = leaders_by_unit([unit.pk for unit, _days in found])
    for unit, days in found:
        tell_leaders(agency, unit, days, leaders.get(unit.pk, set()), week)
    if found:
        tell_administrators(agency, len(found), week)
    settle_what_moves({unit.pk for unit, _days in found})
    return len(found)


def settle_what_moves(quiet_ids: set[int]) -> None:
    """Units in which something happened again ask for nothing more."""
    known = Unit.objects.exclude(pk__in=quiet_ids).values_list("pk", flat=True)
    settle_tasks(about=[quiet_matter(pk) for pk in known] + ([] if quiet_ids else [QUIET_UNITS]))


def quiet_matter(unit_id: int) -> str:
    """The matter of a quiet unit."""
    return f"unit {unit_id} quiet"


def tell_leaders(agency: Agency, unit: Any, days: int, leaders: set[User], week: str) -> None:
    """One line about one unit."""
    said = _("%(unit)s has been quiet for %(days)s days. Look what is next.")
    notify(
        agency=agency,
        users=leaders,
        kind=kinds.QUIET.name,
        text=said % {"unit": NAME, "days": days},
        url=reverse("rollout", args=[agency.slug, unit.pk]),
        named=Named(kinds.UNIT, unit.pk),
        about=quiet_matter(unit.pk),
        key=f"quiet {unit.pk} {week}",
    )


def tell_administrators(agency: Agency, count: int, week: str) -> None:
    """One line about all of them, leading to the list."""
    granted = Membership.objects.filter(grants__role=Role.ADMINISTRATOR, grants__ended_at=None, left_at=None)
    said = ngettext(
        "%(count)s of your %(units)s has been quiet for %(days)s days or more.",
        "%(count)s of your %(units)s have been quiet for %(days)s days or more.",
        count,
    )
    notify(
        agency=agency,
        users=User.objects.filter(pk__in=granted.values("user"), is_active=True),
        kind=kinds.QUIET.name,
        text=said % {"count": count, "units": agency.unit_words, "days": agency.quiet_after_days},
        url=reverse("matrix", args=[agency.slug]) + "?activity=quiet&sort=quiet",
        about=QUIET_UNITS,
        key=f"quiet units {week}",
    )
