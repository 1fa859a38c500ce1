"""Partners and the units they give as, their commitments, their gifts."""

from partners.models.commitment import Commitment
from partners.models.contact import Address, EmailAddress, Phone
from partners.models.gift import Gift, GiftCorrection, GiftLine, ReviewItem
from partners.models.notice import TeamNotice
from partners.models.partner import ExternalId, GivingUnit, Partner
from partners.models.statement import StatementLine
from partners.models.suspense import SuspenseAssignment

__all__ = [
    "Address",
    "Commitment",
    "EmailAddress",
    "ExternalId",
    "Gift",
    "GiftCorrection",
    "GiftLine",
    "GivingUnit",
    "Partner",
    "Phone",
    "ReviewItem",
    "StatementLine",
    "SuspenseAssignment",
    "TeamNotice",
]
