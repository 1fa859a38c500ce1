"""The tenant and what every app above builds on."""

from agencies.models.agency import Agency
from agencies.models.api_key import ApiKey
from agencies.models.audit import AuditEntry
from agencies.models.idempotency import IdempotencyKey
from agencies.models.look import Look
from agencies.models.owned import AgencyOwned, Owned, OwnedQuerySet, Shared
from agencies.models.people import Invitation, Membership, Role, RoleGrant
from agencies.models.saved_view import SavedView

__all__ = [
    "Agency",
    "AgencyOwned",
    "ApiKey",
    "AuditEntry",
    "IdempotencyKey",
    "Invitation",
    "Look",
    "Membership",
    "Owned",
    "OwnedQuerySet",
    "Role",
    "RoleGrant",
    "SavedView",
    "Shared",
]
