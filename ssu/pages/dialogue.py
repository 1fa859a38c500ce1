"""Step 3 of a unit: the leaders to talk with and what was said with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.models import Conversation, PlannedTalk
from ssu.pages.parts import Fact, Task, by_on, initials
from ssu.queries.dialogue import Leader, leaders_to_talk_with, versions_before
from ssu.queries.people import names_of

AGREED = {
    "yes": (gettext_lazy("Agreed"), "done"),
    "not_yet": (gettext_lazy("Not agreed yet"), "warn"),
    "no": (gettext_lazy("Did not agree"), "bad"),
}
OUTCOME_SHOWN = 160


@dataclass(frozen=True)
class LeaderCard:
    """A leader with the conversations, the newest first. `status` says where the last one ended."""

    anchor: str
    name: str
    status: str
    tone: str
    next_words: str
    rows: list[Task]
    add_url: str
    remove_url: str
    plan_url: str
    give_up_url: str


@dataclass(frozen=True)
class Dialogue:
    """The page's answer: the leaders, and in a sentence how many were talked with."""

    summary: str
    leaders: list[LeaderCard]
    earlier: list[LeaderCard]


def dialogue_of(seat: Seat, unit: Any) -> Dialogue:
    """The dialogue of a unit whose texts are open to the seat. Four queries."""
    leaders = leaders_to_talk_with([unit.pk], seat)[unit.pk]
    talks: dict[int, list[Any]] = {}
    names: dict[int, str] = {}
    for talk in newest_versions(seat, unit):
        talks.setdefault(talk.worker_id, []).append(talk)
        names[talk.worker_id] = talk.person_name
    listed = {leader.worker_id for leader in leaders}
    gone = [Leader(worker_id, name, None) for worker_id, name in names.items() if worker_id not in listed]
    plans = {plan.worker_id: plan for plan in PlannedTalk.objects.standing().filter(unit=unit.pk).order_by("pk")}
    cards = [
        leader_card(seat, unit, leader, talks.get(leader.worker_id, []), plans.get(leader.worker_id))
        for leader in leaders
    ]
    earlier = [leader_card(seat, unit, leader, talks[leader.worker_id], listed=False) for leader in gone]
    return Dialogue(summary_of(leaders, talks), cards, earlier)


def newest_versions(seat: Seat, unit: Any) -> Sequence[Any]:
    """All conversations of a unit in their last version, the withdrawn too, each with its number of points."""
    corrected = Conversation.objects.filter(replaces=OuterRef("pk"))
    found = Conversation.objects.seen_by(seat).filter(~Exists(corrected), unit=unit.pk)
    return list(found.annotate(ticked=Count("points")).newest_first())


def summary_of(leaders: Sequence[Leader], talks: dict[int, list[Any]]) -> str:
    """How far the dialogue is, in a sentence."""
    standing = {worker: [talk for talk in said if talk.withdrawn_at is None] for worker, said in talks.items()}
    last = [standing[leader.worker_id][0] for leader in leaders if standing.get(leader.worker_id)]
    agreed = sum(talk.agreed == Conversation.Agreed.YES for talk in last)
    said = {"talked": len(last), "all": len(leaders), "agreed": agreed}
    return (
        ngettext(
            "Talked with %(talked)s of %(all)s leader; %(agreed)s agreed.",
            "Talked with %(talked)s of %(all)s leaders; %(agreed)s agreed.",
            len(leaders),
        )
        % said
    )


def leader_card(
    seat: Seat,
    unit: Any,
    leader: Leader,
    talks: Sequence[Any],
    plan: PlannedTalk | None = None,
    *,
    listed: bool = True,
) -> LeaderCard:
    here = [seat.agency.slug, unit.pk]
    standing = [talk for talk in talks if talk.withdrawn_at is None]
    status, tone = AGREED[standing[0].agreed] if standing else (_("No conversation yet"), "warn")
    next_on = standing[0].next_on if standing else None
    may = listed and unit.is_at_work and seat.can("dialogue.record", unit.pk)
    remove = reverse("leader_remove", args=[*here, leader.added_id]) if may and leader.added_id else ""
    return LeaderCard(
        anchor=f"leader-{leader.worker_id}",
        name=leader.name,
        status=str(status),
        tone=tone,
        next_words=next_words(seat, next_on, plan),
        rows=[talk_row(seat, talk) for talk in talks],
        add_url=f"{reverse('conversation_add', args=here)}?with={leader.worker_id}" if may else "",
        remove_url=remove,
        plan_url=f"{reverse('talk_plan', args=here)}?with={leader.worker_id}" if may else "",
        give_up_url=reverse("talk_give_up", args=[*here, plan.pk]) if may and plan else "",
    )


def next_words(seat: Seat, next_on: date | None, plan: PlannedTalk | None) -> str:
    """When the next conversation is to be: as planned, else as agreed in the last one."""
    if plan is not None:
        late = plan.date < seat.agency.today()
        words = _("Was planned for %(day)s") if late else _("Planned for %(day)s")
        return words % {"day": day_in_words(seat.agency, plan.date)}
    return _("Next on %(day)s") % {"day": day_in_words(seat.agency, next_on)} if next_on else ""


def talk_row(seat: Seat, talk: Any) -> Task:
    """A conversation as a line: its day, how it ended, how many points, the outcome."""
    withdrawn = talk.withdrawn_at is not None
    status, tone = (_("Withdrawn"), "none") if withdrawn else AGREED[talk.agreed]
    points = talk.ticked + bool(talk.other_points)
    return Task(
        title=day_in_words(seat.agency, talk.date),
        url=reverse("conversation", args=[seat.agency.slug, talk.unit_id, talk.pk]),
        meta=ngettext("%(count)s point", "%(count)s points", points) % {"count": points},
        status=str(status),
        tone=tone,
        note=talk.withdrawn_reason if withdrawn else shortened(talk.outcome),
        done=False,
        current=False,
        number=initials(talk.person_name),
    )


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= OUTCOME_SHOWN else f"{text[:OUTCOME_SHOWN].rstrip()}…"


def talk_facts(seat: Seat, talk: Any) -> list[Fact]:
    """What a conversation says beside its texts."""
    names = names_of(seat, [talk.written_by_id, talk.withdrawn_by_id])
    missing = _("none agreed")
    found = [
        Fact(_("With"), talk.person_name),
        Fact(_("Agreed to go this way?"), str(Conversation.Agreed(talk.agreed).label)),
        Fact(_("Next conversation"), day_in_words(seat.agency, talk.next_on) if talk.next_on else missing),
        Fact(_("Written down"), by_on(seat.agency, names.get(talk.written_by_id or 0, ""), talk.written_at)),
    ]
    if talk.withdrawn_at:
        by = names.get(talk.withdrawn_by_id or 0, "")
        found.append(Fact(_("Withdrawn"), by_on(seat.agency, by, talk.withdrawn_at)))
    return found


def earlier_versions(seat: Seat, talk: Conversation) -> list[Fact]:
    """The versions before a correction, as links."""
    return [
        Fact(
            _("Version before"),
            day_in_words(seat.agency, each.date),
            reverse("conversation", args=[seat.agency.slug, each.unit_id, each.pk]),
        )
        for each in versions_before(talk)
    ]
