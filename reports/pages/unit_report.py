"""A unit's report in words, before it is printed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from agencies.letterhead import STANDARD
from agencies.models import Role
from agencies.seats import Seat
from reports.documents.paper_chart import on_paper
from reports.documents.unit_report import ItemPart, Labelled, ReadingPart, StepCell, StepPart, TextPart, UnitReport
from reports.pages.paper import head_of
from reports.queries.unit_report import UnitFacts
from ssu.models import ImpactGoal
from ssu.pages.declaring import declaration
from ssu.pages.goals import goal_facts, reading_chart, reading_rows
from ssu.pages.parts import KEPT_BACK, Task
from ssu.pages.rollout import StepCard, step_cards
from ssu.pages.units import facts as unit_facts
from ssu.queries.counts import Progress
from ssu.queries.items import Piece


def report_of(seat: Seat, known: UnitFacts) -> UnitReport:
    """What the report says to this seat."""
    unit, agency, progress = known.unit, seat.agency, known.progress
    goal = known.goal.current
    chart = reading_chart(seat, known.goal)
    head = head_of(agency, unit.shown_name)
    cards = step_cards(seat, unit, progress, known.items)
    return UnitReport(
        **head,
        unit_word=agency.unit_word,
        summary=declaration(seat, unit) or progress.words,
        facts=[Labelled(fact.label, fact.value) for fact in unit_facts(unit, leaders(known.team))],
        team=[Labelled(member.person_name, str(Role(member.role).label)) for member in known.team],
        strip=strip_of(progress, cards),
        steps=step_parts(known, cards),
        goal=goal.statement if goal else "",
        goal_facts=said_of(seat, goal) if goal else [],
        chart=on_paper(chart, head["accent"] or STANDARD) if chart else None,
        readings=[
            ReadingPart(row.day, row.value, " ".join(filter(None, (row.note, row.story))))
            for row in reading_rows(seat, known.goal)
        ],
        promise="" if unit.is_withheld else agency.brand_promise,
        messages=[TextPart(message.title, message.text) for message in known.messages],
        guidelines=None
        if known.guidelines is None
        else [TextPart(section.title, section.text) for section in known.guidelines],
        kept_back=str(KEPT_BACK) if unit.is_withheld else "",
    )


def said_of(seat: Seat, goal: ImpactGoal) -> list[Labelled]:
    """What the goal that counts says; before anybody approved it, that too."""
    found = [Labelled(fact.label, fact.value) for fact in goal_facts(seat, goal)]
    return found if goal.approved_at else [Labelled(_("State"), _("not approved yet")), *found]


def leaders(team: list[Any]) -> list[str]:
    """The names of those who lead today."""
    return [member.person_name for member in team if member.role == Role.LEADER]


def strip_of(progress: Progress, cards: Sequence[StepCard]) -> list[StepCell]:
    """The six steps at a glance; what is late says so."""
    return [
        StepCell(
            number=card.number,
            title=card.title,
            count=card.count,
            state=_("%(count)s late") % {"count": count.late} if count.late else card.status,
            tint=count.tint,
        )
        for card, count in zip(cards, progress.steps, strict=True)
    ]


def step_parts(known: UnitFacts, cards: Sequence[StepCard]) -> list[StepPart]:
    """The six steps with their items, as the roll-out page words them."""
    titles = {item.key: [title(each) for each in known.evidence.get(item.pk, [])] for item in known.items}
    return [
        StepPart(
            title=_("Step %(number)s: %(title)s") % {"number": card.number, "title": card.title},
            sentence=card.sentence,
            count=card.count,
            items=[item_part(task, titles[task.key]) for task in card.tasks],
        )
        for card in cards
    ]


def item_part(task: Task, evidence: list[str]) -> ItemPart:
    """An item with its evidence; the day it is due stands with its note."""
    note = "; ".join(filter(None, (task.note, task.meta)))
    return ItemPart(task.number, task.title, task.status, task.tone, note, evidence)


def title(piece: Piece) -> str:
    """What a piece of evidence is called: its kind and title, the kind alone where the title is kept back."""
    kind = str(piece.evidence.get_kind_display())
    return kind if piece.is_withheld else f"{kind}: {piece.title}"
