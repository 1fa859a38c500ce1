"""What follows from a contact: the next stage and the next thing to do. A table; it proposes, a person takes."""

from dataclasses import dataclass
from typing import Final

from partners.models import Channel, Contact, Stage

O, S, C = Contact.Outcome, Stage.Kind, Channel  # noqa: E741 - the columns of the table below


@dataclass(frozen=True)
class Next:
    """Be in touch by a channel after so many days."""

    channel: str
    days: int


NEXT: Final[dict[str, Next]] = {
    O.TALKED: Next(C.CALL, 14),
    O.NO_ANSWER: Next(C.CALL, 3),
    O.LEFT_WORD: Next(C.CALL, 7),
    O.APPOINTMENT: Next(C.VISIT, 7),
    O.CONSIDERS: Next(C.CALL, 7),
    O.PROMISED: Next(C.LETTER, 2),
    O.PRAYS: Next(C.EMAIL, 30),
}
"""After an outcome; after a no and a stop nothing is proposed."""
CARE: Final = Next(C.CALL, 90)
"""Who is in partner care already and was talked with hears from us again in a quarter."""
STAGES: Final[dict[str, dict[str, str]]] = {
    O.TALKED: {"": S.INITIATION, S.CONNECTION: S.INITIATION, S.APPOINTMENT: S.FOLLOW_UP},
    O.APPOINTMENT: {"": S.APPOINTMENT, S.CONNECTION: S.APPOINTMENT, S.INITIATION: S.APPOINTMENT,
                    S.FOLLOW_UP: S.APPOINTMENT, S.ARCHIVE: S.APPOINTMENT},
    O.CONSIDERS: {"": S.FOLLOW_UP, S.CONNECTION: S.FOLLOW_UP, S.INITIATION: S.FOLLOW_UP, S.APPOINTMENT: S.FOLLOW_UP},
    O.PROMISED: {stage: S.PARTNER_CARE for stage in ("", *S.values) if stage != S.PARTNER_CARE},
    O.PRAYS: {stage: S.PARTNER_CARE for stage in ("", *S.values) if stage != S.PARTNER_CARE},
    O.DECLINED: dict.fromkeys((S.CONNECTION, S.INITIATION, S.APPOINTMENT, S.FOLLOW_UP), S.ARCHIVE),
    O.STOP: {stage: S.ARCHIVE for stage in ("", *S.values) if stage != S.ARCHIVE},
}  # fmt: skip
"""Outcome → stage that stands ("" for none) → stage proposed. What is not written here stays as it is."""


def next_stage(outcome: str, stands: str) -> str:
    """The stage that is proposed after an outcome, "" for none."""
    return str(STAGES.get(outcome, {}).get(stands, ""))


def next_contact(outcome: str, stands: str) -> Next | None:
    """What is proposed to do after an outcome."""
    return CARE if outcome == O.TALKED and stands == S.PARTNER_CARE else NEXT.get(outcome)
