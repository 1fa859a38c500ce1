"""What is done in a hand-over. Keyword-only, atomic, audited."""

from handover.operations.cases import close_case, foresee, open_case, tell_case
from handover.operations.checks import make_check
from handover.operations.letters import write_case_letter
from handover.operations.passing import note_introduced, pass_on, skip_passings, take_back_act

__all__ = [
    "close_case",
    "foresee",
    "make_check",
    "note_introduced",
    "open_case",
    "pass_on",
    "skip_passings",
    "take_back_act",
    "tell_case",
    "write_case_letter",
]
