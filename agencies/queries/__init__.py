"""Reading an agency's people, invitations and audit trail."""

from agencies.queries.invitations import open_invitations, waiting_invitations
from agencies.queries.people import current_members, people_without_second_factor, register_unit_role_lister

__all__ = [
    "current_members",
    "open_invitations",
    "people_without_second_factor",
    "register_unit_role_lister",
    "waiting_invitations",
]
