"""One action item: its evidence and its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words, time_in_words
from agencies.models import AuditEntry
from agencies.seats import Seat
from ssu.forms.items import RemovalForm
from ssu.models import Evidence, ItemEvent, State
from ssu.operations.acts import EVIDENCE_ACTS
from ssu.pages.acts import plans_told
from ssu.pages.parts import KEPT_BACK, by_on, in_a_sentence, initials
from ssu.queries.items import Piece, events_of, may_remove, pieces, plans_of, removed_of
from ssu.queries.people import names_in

ICONS = {"file": "paperclip", "link": "link", "note": "sticky-note", "object": "box"}
SENTENCES = {
    "claimed": "%(name)s claimed it as done.",
    "confirmed": "%(name)s confirmed it.",
    "undone": "%(name)s took the last act back.",
    "not_applicable": "%(name)s set it as not applicable.",
    "reopened": "It was opened again by what %(name)s did.",
    "evidence_added": "%(name)s added evidence.",
    "evidence_removed": "%(name)s removed evidence.",
    "claim_restored": "%(name)s put the evidence back, and the claim stands again.",
    "confirm_restored": "%(name)s put the evidence back, and the confirmation stands again.",
}


@dataclass(frozen=True)
class ShownPiece:
    """A line of evidence: what the component needs, and the text of a note."""

    icon: str
    title: str
    url: str
    text: str
    meta: str
    status: str
    tone: str
    remove_url: str
    removal: RemovalForm | None


@dataclass(frozen=True)
class RemovedPiece:
    """A line of evidence that was taken away."""

    title: str
    text: str
    meta: str
    restore_url: str


@dataclass(frozen=True)
class Entry:
    """A line of `components/timeline.html`."""

    initials: str
    sentence: str
    time: str
    why: str
    what: str = ""
    changes: list[Any] = field(default_factory=list)
    undo_url: str = ""


@dataclass(frozen=True)
class Day:
    """The acts of one day."""

    label: str
    entries: list[Entry]


def shown_pieces(seat: Seat, item: Any, sent: RemovalForm | None = None) -> list[ShownPiece]:
    """The standing evidence of an item `seen_by` this seat; `sent` is a removal that was refused."""
    found = pieces(seat, [item]).get(item.pk, [])
    names = names_in(seat, item.unit_id, {piece.evidence.added_by_id for piece in found})
    return [shown_piece(seat, item, piece, names, sent) for piece in found]


def shown_piece(seat: Seat, item: Any, piece: Piece, names: dict[int, str], sent: RemovalForm | None) -> ShownPiece:
    evidence = piece.evidence
    by = names.get(evidence.added_by_id or 0, "")
    size = f"{filesizeformat(evidence.size)}, " if evidence.size and not piece.is_withheld else ""
    here = [seat.agency.slug, item.unit_id, item.key, evidence.pk]
    return ShownPiece(
        icon=ICONS[evidence.kind],
        title=str(evidence.get_kind_display() if piece.is_withheld else piece.title),
        url=address(seat, piece, here),
        text=str(KEPT_BACK) if piece.is_withheld else piece.text,
        meta=size + by_on(seat.agency, by, evidence.added_at, _("added by %(name)s, %(day)s")) + why_not(piece),
        status=_("Proves nothing any more") if piece.trouble else "",
        tone="bad",
        remove_url=reverse("evidence_remove", args=here) if may_remove(seat, item, evidence) else "",
        removal=removal_form(item, evidence.pk, sent),
    )


def removal_form(item: Any, evidence_id: int, sent: RemovalForm | None) -> RemovalForm | None:
    """The question why, where the removal takes a confirmation away."""
    if sent is not None and sent.evidence_id == evidence_id:
        return sent
    return RemovalForm(evidence_id=evidence_id) if item.state == State.COMPLETED else None


def removed_pieces(seat: Seat, item: Any, may_restore: bool) -> list[RemovedPiece]:
    """What was taken away, the newest first. Two queries, and one per kind of object."""
    found = removed_of(seat, item)
    names = names_in(seat, item.unit_id, {each.evidence.removed_by_id for each in found})
    return [removed_piece(seat, item, each, names, may_restore) for each in found]


def removed_piece(seat: Seat, item: Any, piece: Piece, names: dict[int, str], may_restore: bool) -> RemovedPiece:
    evidence = piece.evidence
    by = names.get(evidence.removed_by_id or 0, "")
    return RemovedPiece(
        title=str(evidence.get_kind_display()) if piece.is_withheld else piece.title,
        text=str(KEPT_BACK) if item.is_withheld else piece.text,
        meta=by_on(seat.agency, by, evidence.removed_at, _("removed by %(name)s, %(day)s")),
        restore_url=reverse("evidence_restore", args=[seat.agency.slug, item.unit_id, item.key, evidence.pk])
        if may_restore
        else "",
    )


def why_not(piece: Piece) -> str:
    """Why an object of the app proves nothing any more, to whom it is shown."""
    return f". {piece.trouble}" if piece.trouble and not piece.is_withheld and piece.thing is not None else ""


def address(seat: Seat, piece: Piece, here: list[Any]) -> str:
    """Where a piece opens: the file, the link, the object's page; nowhere for notes and what is kept back."""
    if piece.is_withheld:
        return ""
    if piece.evidence.kind == Evidence.Kind.FILE:
        return reverse("evidence_file", args=here)
    if piece.thing is not None and piece.thing.page:
        return reverse(piece.thing.page, args=[seat.agency.slug, *piece.thing.page_args])
    return piece.evidence.url


def history(seat: Seat, item: Any) -> list[Day]:
    """What was done to an item and how it was planned, by day, the newest first."""
    events, plans = events_of(item), plans_of(item)
    actors = {event.by_id for event in events} | {plan.actor_id for plan in plans}
    names = names_in(seat, item.unit_id, actors)
    told = [*events_told(seat, item, events, names), *planning_told(seat, item, plans, names)]
    in_order = sorted(told, key=lambda pair: pair[0], reverse=True)
    by_day = groupby(in_order, key=lambda pair: seat.agency.local(pair[0]).date())
    return [Day(day_in_words(seat.agency, day), [entry for _at, entry in found]) for day, found in by_day]


def events_told(
    seat: Seat, item: Any, events: Iterable[ItemEvent], names: dict[int, str]
) -> Iterable[tuple[datetime, Entry]]:
    for event in events:
        name = names.get(event.by_id or 0, "")
        said = str(KEPT_BACK) if event.reason and item.is_withheld else event.reason
        why, what = ("", said) if event.kind in EVIDENCE_ACTS else (said, "")
        sentence = in_a_sentence(_(SENTENCES[event.kind]), name)
        yield event.at, Entry(initials(name), sentence, time_in_words(seat.agency, event.at), why, what)


def planning_told(
    seat: Seat, item: Any, plans: Sequence[AuditEntry], names: dict[int, str]
) -> Iterable[tuple[datetime, Entry]]:
    for plan, words in zip(plans, plans_told(seat, item, plans), strict=True):
        name = names.get(plan.actor_id or 0, "")
        sentence = in_a_sentence(_("%(name)s planned it."), name)
        yield plan.at, Entry(initials(name), sentence, time_in_words(seat.agency, plan.at), why="", what=words)
