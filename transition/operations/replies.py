"""Replies that come in a file: all of them are noted, or none."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.reading.lists import Problem
from transition.models import Kind, Shift, ShiftAct, Wave
from transition.operations.acts import against, stop
from transition.operations.moves import move
from transition.operations.plans import note
from transition.operations.waves import begun
from transition.reply_rows import REPLIES, RepliesWrong, ReplyRow
from transition.states import acts_in_order

COLUMN_OF = {"on": "replied_on", "effective_on": "moves_on", "amount": "amount", "starts_on": "moves_on"}
"""The column of the file for the field of a refusal."""


@transaction.atomic
def bring_replies(
    *, agency: Agency, actor: User | None, wave: Wave, rows: Sequence[ReplyRow], problems: Sequence[Problem] = ()
) -> dict[str, int]:
    """Note the replies of a file that are not there yet: `noted` and `there`. Each by the rules of its act: all rows
    are judged before any is noted, and `problems` are what is wrong with cells of other rows. Raises RepliesWrong with
    everything that is wrong, and then nothing is noted; NotOpen, PlanOver, UnitArchived.
    """
    held = begun(wave)
    shifts = Shift.objects.filter(wave=held, pk__in=[row.shift for row in rows])
    found = {each.pk: each for each in shifts.select_related("wave__plan").prefetch_related("acts")}
    wrong = [*problems, *(problem for row in rows for problem in judged(agency, found.get(row.shift), row))]
    fit = [row for row in rows if row.row not in {each.row for each in wrong}]
    replied = {row.row for row in fit if not has_replied(found[row.shift], row)}
    write_replies(agency, actor, held, [(found[row.shift], row) for row in fit if row.row in replied])
    for row in fit:
        wrong += carried_out(agency, actor, found[row.shift], row, is_new=row.row in replied)
    if wrong:
        raise RepliesWrong(sorted(wrong))
    noted = sum(1 for row in fit if row.row in replied or to_move(found[row.shift], row))
    audit.record(actor=actor, verb="bring in replies", of=wave, label=f"{noted} replies")
    return {"noted": noted, "there": len(rows) - noted}


def judged(agency: Agency, shift: Shift | None, row: ReplyRow) -> list[Problem]:
    """What the turn of the acts has against a row. No query."""
    if shift is None:
        return [Problem(row.row, "number", f"{row.shift} is not in this wave any more. Remove the row.")]
    if has_replied(shift, row):
        return []
    return [problem_of(row, each, "reply") for each in against(agency, shift, REPLIES[row.reply], row.on)]


def problem_of(row: ReplyRow, refusal: Refused, column: str) -> Problem:
    """A refusal beside the cell that it is about; `column` where it names none."""
    return Problem(row.row, COLUMN_OF.get(str(getattr(refusal, "field", "")), column), str(refusal))


def has_replied(shift: Shift, row: ReplyRow) -> bool:
    """Whether this reply stands there already."""
    return any(each.kind == REPLIES[row.reply] and each.on == row.on for each in acts_in_order(shift.acts.all()))


def to_move(shift: Shift, row: ReplyRow) -> bool:
    """Whether the row moves a commitment that has not moved on that day already."""
    acts = acts_in_order(shift.acts.all())
    return row.moves_on is not None and not any(
        each.kind == Kind.MOVED and each.effective_on == row.moves_on for each in acts
    )


def write_replies(agency: Agency, actor: User | None, wave: Wave, replied: Sequence[tuple[Shift, ReplyRow]]) -> None:
    """The replies that end nothing, at once, and in the trail a line for each kind."""
    plain = [(shift, row) for shift, row in replied if row.last_day is None]
    ShiftAct.objects.bulk_create(
        [
            ShiftAct(
                agency=agency, shift=shift, kind=REPLIES[row.reply], on=row.on, how=row.how, words=row.words, by=actor
            )
            for shift, row in plain
        ]
    )
    for kind in sorted({REPLIES[row.reply] for _shift, row in plain}):
        shifts = [shift.pk for shift, row in plain if REPLIES[row.reply] == kind]
        note(actor, f"note {kind.label.lower()}", wave.plan, wave=wave.number, shifts=shifts)


def carried_out(agency: Agency, actor: User | None, shift: Shift, row: ReplyRow, *, is_new: bool) -> list[Problem]:
    """End what was asked to stop and move what was agreed, and say what its rules have against it."""
    by: dict[str, Any] = {"agency": agency, "actor": actor, "shift": shift, "on": row.on}
    try:
        with transaction.atomic():
            if is_new and row.last_day is not None:
                stop(**by, last_day=row.last_day, how=row.how, words=row.words)
            if row.moves_on is not None and to_move(shift, row):
                move(**by, effective_on=row.moves_on, amount=row.amount)
    except Refused as refusal:
        return [problem_of(row, refusal, "last_day" if row.last_day else "moves_on")]
    return []
