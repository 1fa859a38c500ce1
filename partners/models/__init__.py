"""Partners and the units they give as, their commitments, their gifts."""

from partners.models.batch import BatchPart, BatchRow, GiftBatch
from partners.models.commitment import Commitment
from partners.models.contact import Address, EmailAddress, Phone
from partners.models.gift import Gift, GiftCorrection, GiftLine, ReviewItem
from partners.models.notice import TeamNotice
from partners.models.partner import ExternalId, GivingUnit, Partner
from partners.models.statement import StatementLine
from partners.models.suspense import SuspenseAssignment

__all__ = [
    "Address",
    "BatchPart",
    "BatchRow",
    "Commitment",
    "EmailAddress",
    "ExternalId",
    "Gift",
    "GiftBatch",
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
