"""What is done to an agency and its people. Keyword-only, atomic, audited."""

from agencies.operations.agency import create_agency
from agencies.operations.people import add_member, end_role, grant_role, remove_member

__all__ = ["add_member", "create_agency", "end_role", "grant_role", "remove_member"]
