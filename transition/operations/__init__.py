"""What is done in the transition. Keyword-only, atomic, audited."""

from transition.operations.acts import (
    agree,
    decline,
    give_notice,
    leave,
    note_silence,
    stop,
    take_back_act,
)
from transition.operations.bulk import note_silences, tell_all
from transition.operations.guarantees import guarantee
from transition.operations.moves import move, roll_back
from transition.operations.notices import note_posted, print_notices, write_notice
from transition.operations.plans import end_plan, start_plan
from transition.operations.reminders import tell_replies_due
from transition.operations.replies import bring_replies
from transition.operations.reports import start_report
from transition.operations.talks import take_back_talk, talk_over
from transition.operations.waves import (
    add_to_wave,
    add_wave,
    change_wave,
    close_wave,
    open_wave,
    remove_from_wave,
    set_shift,
)

__all__ = [
    "add_to_wave",
    "add_wave",
    "agree",
    "bring_replies",
    "change_wave",
    "close_wave",
    "decline",
    "end_plan",
    "give_notice",
    "guarantee",
    "leave",
    "move",
    "note_posted",
    "note_silence",
    "note_silences",
    "open_wave",
    "print_notices",
    "remove_from_wave",
    "roll_back",
    "set_shift",
    "start_plan",
    "start_report",
    "stop",
    "take_back_act",
    "take_back_talk",
    "talk_over",
    "tell_all",
    "tell_replies_due",
    "write_notice",
]
