"""What the pages of core messages and guidelines show, worked out before the templates."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from communications.kinds import GUIDELINES, Kind, kind_of
from communications.models import AgreedWords, Guidelines
from communications.operations.core_messages import said_by
from communications.queries.reading import Reader, readers_of
from ssu.queries import names_in
from ssu.queries.second_person import is_no_author

State = AgreedWords.State
TONES = {State.DRAFT: "none", State.SUBMITTED: "prog", State.APPROVED: "done", State.SUPERSEDED: "none"}


@dataclass(frozen=True)
class Section:
    """A part of a version: a title, its words, and for a message the question that it answers."""

    title: str
    text: str
    answers: str = ""


@dataclass(frozen=True)
class VersionRow:
    """A version in words: who did what when, and where it leads."""

    number: int
    status: str
    tone: str
    written: str
    agreed: str
    returned: str
    reason: str
    url: str
    compare_url: str
    edit_url: str
    is_draft: bool
    is_waiting: bool
    may_agree: bool
    revision: int
    may_return: bool


@dataclass(frozen=True)
class ReaderRow:
    """A person of the unit and whether they have acknowledged."""

    name: str
    when: str
    note: str


def sections(row: AgreedWords) -> list[Section]:
    """What a version says, part by part; parts without words are left out."""
    if isinstance(row, Guidelines):
        named = [(str(row._meta.get_field(name).verbose_name), getattr(row, name)) for name in row.SECTIONS]  # type: ignore[union-attr]
        return [Section(title, text) for title, text in named if text]
    said = said_by(row)  # type: ignore[arg-type]
    heart = [Section(_("What every partner should hear"), said["text"])] if said["text"] else []
    return heart + [Section(each["headline"], each["body"], each["answers"]) for each in said["messages"]]


def texts(row: AgreedWords) -> dict[str, str]:
    """The same by title, as two versions are compared; messages with one headline are numbered."""
    found: dict[str, str] = {}
    for section in sections(row):
        title, number = section.title, 2
        while title in found:
            title, number = f"{section.title} ({number})", number + 1
        asked = _("Answers: %(question)s") % {"question": section.answers} if section.answers else ""
        found[title] = "\n".join(part for part in (section.text, asked) if part)
    return found


def version_rows(seat: Seat, rows: list[Any]) -> list[VersionRow]:
    """Versions of one unit, the newest first. Two queries, and two for the one that waits for an answer."""
    people = {
        user for row in rows for user in (row.author_id, row.approved_by_id, row.returned_by_id, row.edited_by_id)
    }
    names = names_in(seat, rows[0].unit_id, people) if rows else {}
    return [version_row(seat, row, names, previous) for row, previous in zip_longest(rows, rows[1:])]


def version_row(seat: Seat, row: Any, names: dict[int, str], previous: Any) -> VersionRow:
    """One version; `previous` is the one before it."""
    kind, state = kind_of(row), row.state
    may_write = seat.can(kind.write, row.unit_id)
    here = reverse(kind.version_page, args=[seat.agency.slug, row.unit_id, row.version])
    may_answer = may_write and state == State.SUBMITTED
    return VersionRow(
        number=row.version,
        status=str(state.label),
        tone=TONES[state],
        written=act(seat, names, row.author_id, row.written_at),
        agreed=act(seat, names, row.approved_by_id, row.approved_at),
        returned=act(seat, names, row.returned_by_id, row.returned_at) if state == State.DRAFT else "",
        reason=row.return_reason,
        url=here,
        compare_url=f"{here}?with={previous.version}" if previous is not None else "",
        edit_url=reverse(kind.named("edit"), args=[seat.agency.slug, row.unit_id, row.version])
        if may_write and state == State.DRAFT
        else "",
        is_draft=state == State.DRAFT,
        is_waiting=state == State.SUBMITTED,
        may_agree=may_answer and is_no_author(seat.user_id, row),
        revision=row.revision,
        may_return=may_answer,
    )


def act(seat: Seat, names: dict[int, str], user_id: int | None, at: Any) -> str:
    """Who did something, and on which day; "" when nobody did."""
    if at is None:
        return ""
    who, day = names.get(user_id or 0, ""), day_in_words(seat.agency, at)
    return f"{who}, {day}" if who else day


def reading(seat: Seat, row: AgreedWords) -> dict[str, Any]:
    """Who is to read the version that counts, who has, and what this person may do about it. Two queries."""
    kind, unit_id = kind_of(row), row.unit_id  # type: ignore[attr-defined]
    readers = readers_of(seat, kind, row)
    missing = [each for each in readers if each.done is None]
    mine = [each for each in readers if each.user_id == seat.user_id]
    may_write = seat.can(kind.write, unit_id)
    paper = [each for each in missing if each.user_id is None]
    return {
        "readers": [reader_row(seat, each) for each in readers],
        "readers_done": len(readers) - len(missing),
        "missing": len(missing),
        "asked": bool(mine) and mine[0].done is None and seat.can("words.acknowledge", unit_id),
        "may_remind": may_write and any(each.user_id is not None for each in missing),
        "signers": [(str(each.worker_id), each.name) for each in paper] if may_write else [],
    }


def reader_row(seat: Seat, reader: Reader) -> ReaderRow:
    """One person in words."""
    if reader.done is None:
        note = "" if reader.user_id is not None else _("no sign-in: signs on paper")
        return ReaderRow(reader.name, "", note)
    if reader.done.signed_on is not None:
        return ReaderRow(reader.name, day_in_words(seat.agency, reader.done.signed_on), _("on paper"))
    return ReaderRow(reader.name, day_in_words(seat.agency, reader.done.at), "")


def lead_of(kind: Kind) -> str:
    """What a page is for."""
    if kind == GUIDELINES:
        return _(
            "How everybody of this unit communicates. One writes it, another agrees, and each person acknowledges it."
        )
    return _("What every partner of this unit hears, whoever writes. One writes it, another agrees.")
