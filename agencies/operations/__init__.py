"""What is done to an agency and its people. Keyword-only, atomic, audited."""

from agencies.operations.addressees import refusal_of
from agencies.operations.agency import create_agency, set_live_on, update_agency
from agencies.operations.held import send_held
from agencies.operations.invitations import (
    accept_invitation,
    invite,
    join_as_new_person,
    resend_invitation,
)
from agencies.operations.people import add_member, end_role, give_unit_role, grant_role, remove_member
from agencies.operations.withdrawals import withdraw_invitation

__all__ = [
    "accept_invitation",
    "add_member",
    "create_agency",
    "end_role",
    "give_unit_role",
    "grant_role",
    "invite",
    "join_as_new_person",
    "refusal_of",
    "remove_member",
    "resend_invitation",
    "send_held",
    "set_live_on",
    "update_agency",
    "withdraw_invitation",
]
