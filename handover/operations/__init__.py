"""What is done in a hand-over. Keyword-only, atomic, audited."""

from handover.operations.cases import close_case, end_left_out, foresee, open_case, tell_case
from handover.operations.checks import make_check
from handover.operations.letters import write_case_letter
from handover.operations.passing import call_off, note_introduced, pass_on, skip_passings, take_back_act

__all__ = [
    "call_off",
    "close_case",
    "end_left_out",
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
