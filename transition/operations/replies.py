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
from transition.operations.acts import agree, decline, leave, stop
from transition.operations.moves import move
from transition.operations.waves import begun
from transition.reply_rows import REPLIES, RepliesWrong, ReplyRow

COLUMN_OF = {"on": "replied_on", "effective_on": "moves_on", "amount": "amount", "starts_on": "moves_on"}
"""The column of the file for the field of a refusal."""


@transaction.atomic
def bring_replies(*, agency: Agency, actor: User | None, wave: Wave, rows: Sequence[ReplyRow]) -> dict[str, int]:
    """Note the replies of a file that are not there yet: `noted` and `there`. Each by the rules of its act. Raises
    RepliesWrong with everything that those rules refuse, and then nothing is noted; NotOpen, PlanOver, UnitArchived.
    """
    begun(wave)
    shifts = Shift.objects.filter(wave=wave, pk__in=[row.shift for row in rows])
    found = {each.pk: each for each in shifts.select_related("wave__plan").prefetch_related("acts")}
    problems, noted = [], 0
    for row in rows:
        if row.shift not in found:
            problems.append(Problem(row.row, "number", f"{row.shift} is not in this wave any more. Remove the row."))
            continue
        try:
            with transaction.atomic():
                noted += note_reply(agency, actor, found[row.shift], row)
        except Refused as refusal:
            column = COLUMN_OF.get(str(getattr(refusal, "field", "")), "reply")
            problems.append(Problem(row.row, column, str(refusal)))
    if problems:
        raise RepliesWrong(problems)
    audit.record(actor=actor, verb="bring in replies", of=wave, label=f"{noted} replies")
    return {"noted": noted, "there": len(rows) - noted}


def note_reply(agency: Agency, actor: User | None, shift: Shift, row: ReplyRow) -> bool:
    """Write down what is not there yet; whether anything was."""
    standing = [each for each in shift.acts.all() if each.taken_back_at is None]
    has_replied = any(each.kind == REPLIES[row.reply] and each.on == row.on for each in standing)
    has_moved = any(each.kind == Kind.MOVED and each.effective_on == row.moves_on for each in standing)
    if not has_replied:
        answer(agency, actor, shift, row)
    if row.moves_on and not has_moved:
        move(agency=agency, actor=actor, shift=shift, on=row.on, effective_on=row.moves_on, amount=row.amount)
    return not has_replied or bool(row.moves_on and not has_moved)


def answer(agency: Agency, actor: User | None, shift: Shift, row: ReplyRow) -> ShiftAct:
    """The reply itself."""
    if row.reply == "left":
        return leave(agency=agency, actor=actor, shift=shift, on=row.on, words=row.words)
    given: dict[str, Any] = {"shift": shift, "on": row.on, "how": row.how, "words": row.words}
    if row.last_day is not None:
        return stop(agency=agency, actor=actor, last_day=row.last_day, **given)
    return (agree if row.reply == "agreed" else decline)(agency=agency, actor=actor, **given)
