"""How far units are: what was done per unit and step, counted in one query for any number of units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ssu import steps
from ssu.models import ActionItem, State
from ssu.models.own_items import RETIRED
from ssu.models.rollout import SETTLED


@dataclass(frozen=True)
class StepCount:
    """The items of one step of one unit. `settled` are completed or not applicable; the latter also stand apart."""

    step: int
    total: int = 0
    settled: int = 0
    not_applicable: int = 0
    ready: int = 0
    in_progress: int = 0
    late: int = 0

    @property
    def state(self) -> State:
        """The state of the step as a whole."""
        if self.total and self.not_applicable == self.total:
            return State.NOT_APPLICABLE
        if self.total and self.settled == self.total:
            return State.COMPLETED
        if self.ready and self.ready + self.settled == self.total:
            return State.READY
        begun = self.ready or self.in_progress or self.settled
        return State.IN_PROGRESS if begun else State.NOT_STARTED

    @property
    def words(self) -> str:
        """The count as a matrix cell says it."""
        if self.state == State.NOT_APPLICABLE:
            return _("n/a")
        if self.late:
            return _("! late %(done)s/%(all)s") % {"done": self.settled, "all": self.total}
        mark = "✓ " if self.state == State.COMPLETED else ""
        return f"{mark}{self.settled}/{self.total}"

    @property
    def tint(self) -> str:
        """The tint of the cell: 0 nothing begun, 1 begun, 2 some settled, done, late, na."""
        if self.state == State.NOT_APPLICABLE:
            return "na"
        if self.late:
            return "late"
        if self.state == State.COMPLETED:
            return "done"
        return "2" if self.settled else "1" if self.state != State.NOT_STARTED else "0"


@dataclass(frozen=True)
class Progress:
    """A unit's six steps."""

    steps: tuple[StepCount, ...]

    @property
    def settled(self) -> int:
        return sum(step.settled for step in self.steps)

    @property
    def not_applicable(self) -> int:
        return sum(step.not_applicable for step in self.steps)

    @property
    def confirmed(self) -> int:
        return self.settled - self.not_applicable

    @property
    def words(self) -> str:
        """The count in words: what was set aside was never confirmed, so it stands apart."""
        if self.is_settled:
            return in_words(self.confirmed, self.not_applicable)
        said = {"done": self.confirmed, "all": self.total, "aside": self.not_applicable}
        if self.not_applicable:
            return _("%(done)s of %(all)s action items confirmed, %(aside)s not applicable") % said
        return _("%(done)s of %(all)s action items confirmed") % said

    @property
    def total(self) -> int:
        return sum(step.total for step in self.steps)

    @property
    def ready(self) -> int:
        return sum(step.ready for step in self.steps)

    @property
    def is_settled(self) -> bool:
        """Whether every item is completed or set aside."""
        return self.total > 0 and self.settled == self.total

    @property
    def current(self) -> StepCount:
        """The first step that is not settled, the last when all are."""
        open_steps = [step for step in self.steps if step.settled < step.total]
        return (open_steps or list(self.steps))[0 if open_steps else -1]


def in_words(confirmed: int, not_applicable: int) -> str:
    """How settled items stand: "10 confirmed, 1 not applicable"."""
    said = {"confirmed": confirmed, "aside": not_applicable}
    if not_applicable:
        return _("%(confirmed)s confirmed, %(aside)s not applicable") % said
    return _("%(confirmed)s confirmed") % said


def progress_of(unit_ids: Collection[int], today: date) -> dict[int, Progress]:
    """The progress of units by id; `today` (the agency's) decides what is late. What the agency added and
    retired before anybody settled it is no unit's work, and counts nowhere. One query.
    """
    settled, na = Q(state__in=SETTLED), Q(state=State.NOT_APPLICABLE)
    rows = (
        ActionItem.objects.filter(unit__in=unit_ids)
        .exclude(state=State.NOT_APPLICABLE, own_item__isnull=False, reason=RETIRED)
        .values("unit_id", "step")
        .annotate(
            total=Count("pk"),
            settled=Count("pk", filter=settled),
            not_applicable=Count("pk", filter=na),
            ready=Count("pk", filter=Q(state=State.READY)),
            in_progress=Count("pk", filter=Q(state=State.IN_PROGRESS)),
            late=Count("pk", filter=Q(due_on__lt=today) & ~settled),
        )
    )
    counts = {(row.pop("unit_id"), row["step"]): StepCount(**row) for row in rows}
    numbers = [step.number for step in steps.all_steps()]
    return {
        unit_id: Progress(tuple(counts.get((unit_id, number), StepCount(number)) for number in numbers))
        for unit_id in unit_ids
    }
