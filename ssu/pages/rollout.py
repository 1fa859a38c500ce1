"""The tracker of six steps, and the page that opens each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu import steps
from ssu.models import ActionItem, Evidence, State, Unit
from ssu.models.rollout import SETTLED
from ssu.pages.parts import KEPT_BACK, TONES, Task, by_on
from ssu.queries.counts import Progress, StepCount
from ssu.queries.people import names_in

TITLES = (
    "Identify the smallest strategic unit",
    "Set the impact goal",
    "Dialogue with team leadership",
    "Coach every team member",
    "Core messages and vision-based budget",
    "One partner management system",
)
"""Short titles of the steps; their full sentences come from the source text."""
NEEDS = {2: 1, 3: 2, 4: 3, 5: 2, 6: 5}
"""What a step rests on: a step says that it waits for it, and never blocks typing ahead."""


@dataclass(frozen=True)
class StepCard:
    """A step with its items, for the roll-out page."""

    number: int
    anchor: str
    title: str
    sentence: str
    status: str
    tone: str
    count: str
    waits_for: str
    tasks: list[Task]


def waits_for(progress: Progress, count: StepCount) -> str:
    """What a step that has not begun waits for, "" for one that need not wait."""
    needed = NEEDS.get(count.step)
    if needed is None or count.state != State.NOT_STARTED:
        return ""
    before = progress.steps[needed - 1]
    missing = before.total - before.settled
    if not missing:
        return ""
    said = {"step": needed, "title": TITLES[needed - 1], "missing": missing}
    return _("Waits for step %(step)s, %(title)s: %(missing)s not confirmed yet. You may begin anyway.") % said


def tracker(seat: Seat, unit: Unit, progress: Progress) -> list[Task]:
    """The six steps as one list, the first open one marked."""
    page = reverse("rollout", args=[seat.agency.slug, unit.pk])
    return [step_task(progress, count, f"{page}#step-{count.step}") for count in progress.steps]


def step_task(progress: Progress, count: StepCount, url: str) -> Task:
    waiting = waits_for(progress, count)
    done = count.state in SETTLED
    return Task(
        title=_(TITLES[count.step - 1]),
        url=url,
        meta=_("%(done)s of %(all)s") % {"done": count.settled, "all": count.total},
        status=_("Not ready yet") if waiting else str(count.state.label),
        tone=TONES[count.state],
        note=waiting or (_("%(count)s late") % {"count": count.late} if count.late else ""),
        done=done,
        current=not done and count.step == progress.current.step,
        number=str(count.step),
    )


def step_cards(seat: Seat, unit: Unit, progress: Progress, items: Sequence[Any]) -> list[StepCard]:
    """Every step with its items, as the roll-out page shows them. Three queries, whatever the number of items."""
    names = names_in(seat, unit.pk, {user for item in items for user in (item.claimed_by_id, item.confirmed_by_id)})
    newest = newest_evidence(items)
    today = seat.agency.today()
    tasks: dict[int, list[Task]] = {}
    for item in items:
        task = item_task(seat, item, names, newest.get(item.pk), today)
        tasks.setdefault(item.step, []).append(task)
    return [
        StepCard(
            number=count.step,
            anchor=f"step-{count.step}",
            title=_(TITLES[count.step - 1]),
            sentence=steps.step(count.step).sentence,
            status=str(count.state.label),
            tone=TONES[count.state],
            count=_("%(done)s of %(all)s") % {"done": count.settled, "all": count.total},
            waits_for=waits_for(progress, count),
            tasks=tasks.get(count.step, []),
        )
        for count in progress.steps
    ]


def newest_evidence(items: Sequence[ActionItem]) -> dict[int, Evidence]:
    """The last piece that was added to each item and still stands."""
    standing = Evidence.objects.filter(item__in=items, removed_at=None).order_by("pk")
    return {evidence.item_id: evidence for evidence in standing}


def item_task(seat: Seat, item: Any, names: dict[int, str], evidence: Evidence | None, today: date) -> Task:
    state = State(item.state)
    late = item.due_on is not None and item.due_on < today and state not in SETTLED
    return Task(
        title=item.shown_wording,
        url=reverse("item", args=[seat.agency.slug, item.unit_id, item.key]),
        meta=_("due %(day)s") % {"day": day_in_words(seat.agency, item.due_on)} if item.due_on else "",
        status=_("Late") if late else str(state.label),
        tone="bad" if late else TONES[state],
        note=item_note(seat, item, names, evidence),
        done=state == State.COMPLETED,
        current=False,
        number=item.number,
        key=item.key,
    )


def item_note(seat: Seat, item: Any, names: dict[int, str], evidence: Evidence | None) -> str:
    """Who did what last, or the newest evidence, in a line."""
    state = State(item.state)
    if state == State.COMPLETED:
        name = names.get(item.confirmed_by_id, "")
        return by_on(seat.agency, name, item.confirmed_at, _("Confirmed by %(name)s, %(day)s"))
    if state == State.READY:
        name = names.get(item.claimed_by_id, "")
        return by_on(seat.agency, name, item.claimed_at, _("Claimed by %(name)s, %(day)s"))
    if item.reason:
        return str(KEPT_BACK) if item.is_withheld else item.reason
    if evidence is None:
        return ""
    title = evidence.get_kind_display() if item.is_withheld else evidence.title
    return _("Evidence: %(title)s") % {"title": title}
