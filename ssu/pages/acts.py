"""What this app tells of a unit's activity: steps, evidence, plans, goals, readings, people, and the unit itself."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.days import day_in_words
from agencies.models import AuditEntry, Role
from agencies.seats import Seat
from ssu.activity import Source, Told
from ssu.models import ActionItem, ImpactGoal, ItemEvent, Reading, RollOut, TeamMember, Unit
from ssu.models.discretion import shown_member_name
from ssu.operations.acts import EVIDENCE_ACTS
from ssu.pages.goals import measured
from ssu.pages.parts import KEPT_BACK
from ssu.queries.items import doer_of, may
from ssu.queries.people import worker_names_in

KINDS: Final = {
    "steps": gettext_lazy("Steps"),
    "evidence": gettext_lazy("Evidence"),
    "plans": gettext_lazy("Who and by when"),
    "goal": gettext_lazy("Impact goal"),
    "readings": gettext_lazy("Readings"),
    "team": gettext_lazy("Team"),
    "unit": gettext_lazy("The unit itself"),
}
ITEM_SENTENCES: Final = {
    "claimed": gettext_lazy("claimed item %(item)s as done"),
    "confirmed": gettext_lazy("confirmed item %(item)s"),
    "undone": gettext_lazy("took the last act on item %(item)s back"),
    "not_applicable": gettext_lazy("set item %(item)s as not applicable"),
    "reopened": gettext_lazy("opened item %(item)s again"),
    "evidence_added": gettext_lazy("added evidence to item %(item)s"),
    "evidence_removed": gettext_lazy("removed evidence of item %(item)s"),
    "claim_restored": gettext_lazy("let the claim of item %(item)s stand again"),
    "confirm_restored": gettext_lazy("let the confirmation of item %(item)s stand again"),
}
UNIT_SENTENCES: Final = {
    "add unit": gettext_lazy("added the unit"),
    "edit unit": gettext_lazy("changed the settings of the unit"),
    "archive unit": gettext_lazy("archived the unit"),
    "take up unit again": gettext_lazy("took the unit up again"),
    "ask for a lower discretion level": gettext_lazy("asked for a lower level of discretion"),
    "lower the discretion level": gettext_lazy("agreed to a lower level of discretion"),
    "decline a lower discretion level": gettext_lazy("declined a lower level of discretion"),
    "begin inventory": gettext_lazy("began the inventory of tactics"),
}
TEAM_SENTENCES: Final = {
    "add team member": gettext_lazy("added %(person)s as %(role)s from %(day)s"),
    "end service": gettext_lazy("ended the service of %(person)s as %(role)s on %(day)s"),
    "correct service": gettext_lazy("corrected the service of %(person)s: %(role)s from %(day)s"),
}


def by_somebody(words: object) -> str:
    """A sentence with its doer in front; a percent sign in the words stands for itself."""
    return "%(name)s " + str(words).replace("%", "%%")


def kept_back(unit: Any, text: str) -> str:
    """Free text, unless the unit is closed to the reader."""
    return str(KEPT_BACK) if text and unit.is_withheld else text


def item_words(unit: Any, item: ActionItem) -> str:
    """An item by key and words; the agency's own words for a unit that is closed to the reader are kept back."""
    words = item.unnamed_wording if unit.is_withheld else item.wording
    return f"{item.number}, {words}"


def item_events(kinds: Collection[str], unit_ids: Collection[int]) -> QuerySet[Any]:
    """What was done to items. `newest` is the last act of the same item, which alone can be taken back."""
    acts = ItemEvent.objects.filter(item=OuterRef("item")).exclude(kind__in=EVIDENCE_ACTS).order_by()
    newest = acts.values("item").annotate(last=Max("pk")).values("last")
    events = ItemEvent.objects.filter(item__unit__in=unit_ids, kind__in=kinds).select_related("item")
    found: QuerySet[Any] = events.annotate(newest=Subquery(newest))
    return found


def tell_item_events(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    for row in rows:
        row.item.is_withheld = unit.is_withheld
        named = {"item": item_words(unit, row.item)}
        undo = reverse("item_undo", args=[seat.agency.slug, unit.pk, row.item.key])
        own = doer_of(row.item, row) == seat.user_id  # somebody else's act goes with a reason, on the item's page
        undoable = row.newest == row.pk and own and unit.is_at_work and may(seat, row.item).undo
        words = kept_back(unit, row.reason)
        why, what = ("", words) if row.kind in EVIDENCE_ACTS else (words, "")
        sentence = by_somebody(str(ITEM_SENTENCES[row.kind]) % named)
        yield Told(sentence, why, undo_url=undo if undoable else "", what=what)


def audited(model: type[Any], verbs: Collection[str], unit_ids: Collection[int]) -> QuerySet[Any]:
    """Acts that stand in the audit trail alone, on rows that belong to units (or are them), each with `of_unit`."""
    path = "pk" if model is Unit else "unit"
    rows = model.objects.filter(**{f"{path}__in": unit_ids})
    owner = Subquery(rows.filter(pk=OuterRef("object_id")).order_by().values(path)[:1])
    label = f"{model._meta.app_label}.{model._meta.model_name}"
    acts = AuditEntry.objects.filter(kind=label, verb__in=verbs, object_id__in=rows.values("pk"))
    found: QuerySet[Any] = acts.annotate(of_unit=owner)
    return found


def tell_plans(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    """Who shall do an item and by when, people called as the reader may call them."""
    items = {item.pk: item for item in ActionItem.objects.filter(pk__in=[row.object_id for row in rows])}
    for row, plan in zip(rows, plans_told(seat, unit, rows), strict=True):
        said = {"item": item_words(unit, items[row.object_id]), "plan": plan}
        yield Told(by_somebody(_("planned item %(item)s: %(plan)s") % said))


def plans_told(seat: Seat, unit: Any, rows: Sequence[Any]) -> list[str]:
    """Who, and by when, of entries in the trail that tell of plans. One query."""
    names = worker_names_in(seat, unit, [row.changes.get("assignee") for row in rows])

    def plan(changes: Mapping[str, Any]) -> str:
        due = parse_date(changes.get("due_on") or "")
        parts = [names.get(changes.get("assignee"), _("nobody yet"))]
        return ", ".join(parts + ([_("by %(day)s") % {"day": day_in_words(seat.agency, due)}] if due else []))

    return [plan(row.changes) for row in rows]


def tell_team(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    serving = TeamMember.objects.filter(pk__in=[row.object_id for row in rows])
    named = {each.pk: each for each in serving.annotate(person_name=shown_member_name("worker", seat))}
    for row in rows:
        member = named[row.object_id]
        day = parse_date(became(row.changes.get("from") or row.changes.get("to"))) or member.joined_on
        role = became(row.changes.get("role")) or member.role
        said = {
            "person": member.person_name,
            "role": str(Role(role).label),
            "day": day_in_words(seat.agency, day),
        }
        yield Told(by_somebody(str(TEAM_SENTENCES[row.verb]) % said), kept_back(unit, row.reason))


def became(kept: Any) -> str:
    """What a kept change came to: [before, after], or the fact itself."""
    return str((kept[-1] if isinstance(kept, list) else kept) or "")


def tell_unit(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    """Without what changed: an old name or place is not for everybody who may see the unit now."""
    return [Told(by_somebody(UNIT_SENTENCES[row.verb]), kept_back(unit, row.reason)) for row in rows]


def tell_goals(verb: Any, seat: Seat, unit: Any, rows: Sequence[Any], *, returned: bool = False) -> Iterable[Told]:
    for row in rows:
        said = str(verb) % {"version": row.version}
        why = row.return_reason if returned else ""
        yield Told(by_somebody(f"{said}: {KEPT_BACK if unit.is_withheld else row.statement}"), kept_back(unit, why))


def tell_readings(verb: Any, seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    for row in rows:
        value = str(KEPT_BACK) if unit.is_withheld else measured(row.value, row.goal)
        said = {"value": value, "day": day_in_words(seat.agency, row.date)}
        yield Told(by_somebody(str(verb) % said), kept_back(unit, row.note))


def tell_declared(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    return [Told(by_somebody(_("declared the roll-out complete"))) for _row in rows]


def tell_taken_back(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    said = by_somebody(_("took back that the roll-out is complete"))
    return [Told(said, kept_back(unit, row.taken_back_reason)) for row in rows]


def of_units(model: type[Any], *with_: str) -> Callable[[Collection[int]], QuerySet[Any]]:
    """The rows of a table that has a unit, with what they are told by. Nothing else is joined: a bare
    `select_related()` would follow every key.
    """

    def rows(unit_ids: Collection[int]) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(unit__in=unit_ids)
        return found.select_related(*with_) if with_ else found

    return rows


def items_touched(unit_ids: Collection[int]) -> QuerySet[Any]:
    """When something was last done to an item of each unit; an item keeps the moment of its last event."""
    touched = ActionItem.objects.filter(unit__in=unit_ids, last_activity_at__isnull=False).order_by()
    found: QuerySet[Any] = touched.values_list(F("unit")).annotate(last=Max("last_activity_at"))
    return found


STEP_ACTS = tuple(kind for kind in ItemEvent.Kind.values if kind not in EVIDENCE_ACTS)
STEPS, EVIDENCE = partial(item_events, STEP_ACTS), partial(item_events, EVIDENCE_ACTS)
GOALS, READINGS = of_units(ImpactGoal), of_units(Reading, "goal")
SOURCES: Final = (
    Source("steps", "steps", partial(item_events, STEP_ACTS), tell_item_events, "item__unit", newest=items_touched),
    Source(
        "evidence",
        "evidence",
        partial(item_events, EVIDENCE_ACTS),
        tell_item_events,
        "item__unit",
        newest=items_touched,
    ),
    Source("declared", "steps", of_units(RollOut), tell_declared, "unit", "declared_at", "declared_by"),
    Source("taken back", "steps", of_units(RollOut), tell_taken_back, "unit", "taken_back_at", "taken_back_by"),
    Source("plans", "plans", partial(audited, ActionItem, ["plan item"]), tell_plans, "of_unit", by="actor"),
    Source(
        "goals written",
        "goal",
        GOALS,
        partial(tell_goals, gettext_lazy("wrote version %(version)s of the impact goal")),
        "unit",
        "written_at",
        "written_by",
    ),
    Source(
        "goals approved",
        "goal",
        GOALS,
        partial(tell_goals, gettext_lazy("approved version %(version)s of the impact goal")),
        "unit",
        "approved_at",
        "approved_by",
    ),
    Source(
        "goals sent back",
        "goal",
        GOALS,
        partial(tell_goals, gettext_lazy("sent back version %(version)s of the impact goal"), returned=True),
        "unit",
        "returned_at",
        "returned_by",
    ),
    Source(
        "goals thrown away",
        "goal",
        GOALS,
        partial(tell_goals, gettext_lazy("threw away version %(version)s of the impact goal")),
        "unit",
        "dropped_at",
        "dropped_by",
    ),
    Source(
        "readings added",
        "readings",
        READINGS,
        partial(tell_readings, gettext_lazy("added a reading of %(day)s: %(value)s")),
        "unit",
        "added_at",
        "added_by",
    ),
    Source(
        "readings withdrawn",
        "readings",
        READINGS,
        partial(tell_readings, gettext_lazy("withdrew the reading of %(day)s: %(value)s")),
        "unit",
        "withdrawn_at",
        "withdrawn_by",
    ),
    Source("team", "team", partial(audited, TeamMember, list(TEAM_SENTENCES)), tell_team, "of_unit", by="actor"),
    Source("unit", "unit", partial(audited, Unit, list(UNIT_SENTENCES)), tell_unit, "of_unit", by="actor"),
)
