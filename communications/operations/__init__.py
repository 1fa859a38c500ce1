"""What is done to letters, consent and core messages."""

from communications.operations.audience import include_partner, leave_partner_out
from communications.operations.consent import decide_policy, note_objection, record_consent
from communications.operations.core_messages import approve_core_message, write_core_message
from communications.operations.letters import approve_letter, edit_letter, write_letter
from communications.operations.preferences import Outcome, check_wish, choose_purposes, confirm_wish
from communications.operations.sending import (
    begin_sending,
    cancel_letter,
    queue_chunk,
    send_letter,
    send_proof,
    stop_letter,
)

__all__ = [
    "Outcome",
    "approve_core_message",
    "approve_letter",
    "begin_sending",
    "cancel_letter",
    "check_wish",
    "choose_purposes",
    "confirm_wish",
    "decide_policy",
    "edit_letter",
    "include_partner",
    "leave_partner_out",
    "note_objection",
    "queue_chunk",
    "record_consent",
    "send_letter",
    "send_proof",
    "stop_letter",
    "write_core_message",
    "write_letter",
]
