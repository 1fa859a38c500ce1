"""Partners and the units they give as, their commitments, their gifts."""

from partners.models.bank_match import BankMatch, MatchPart, StatementAccount
from partners.models.batch import BatchPart, BatchRow, GiftBatch
from partners.models.commitment import Commitment
from partners.models.commitment_event import CommitmentEvent, EventAudience
from partners.models.contact import Address, EmailAddress, Phone
from partners.models.contact_log import Channel, Contact
from partners.models.duplicate import DuplicateCandidate, MatchKey, NotSame
from partners.models.erasure import Erasure
from partners.models.follow_up import FollowUp
from partners.models.gift import Gift, GiftCorrection, GiftLine, ReviewItem
from partners.models.giver_assignment import GiverAssignment
from partners.models.go_live import DifferenceNote, GoLiveSignature, OldTotals
from partners.models.holder import Holder
from partners.models.import_match import ImportMatch
from partners.models.merge import Merge, MergeStep
from partners.models.notice import TeamNotice
from partners.models.partner import ExternalId, GivingUnit, Partner
from partners.models.posted_fee import PostedFee
from partners.models.relation import Relation
from partners.models.stage import Stage
from partners.models.statement import StatementLine
from partners.models.suspense import SuspenseAssignment
from partners.models.tag import Tag, Tagging
from partners.models.undertaking import Undertaking

__all__ = [
    "Address",
    "BankMatch",
    "BatchPart",
    "BatchRow",
    "Channel",
    "Commitment",
    "CommitmentEvent",
    "Contact",
    "DifferenceNote",
    "DuplicateCandidate",
    "EmailAddress",
    "Erasure",
    "EventAudience",
    "ExternalId",
    "FollowUp",
    "Gift",
    "GiftBatch",
    "GiftCorrection",
    "GiftLine",
    "GiverAssignment",
    "GivingUnit",
    "GoLiveSignature",
    "Holder",
    "ImportMatch",
    "MatchKey",
    "MatchPart",
    "Merge",
    "MergeStep",
    "NotSame",
    "OldTotals",
    "Partner",
    "Phone",
    "PostedFee",
    "Relation",
    "ReviewItem",
    "Stage",
    "StatementAccount",
    "StatementLine",
    "SuspenseAssignment",
    "Tag",
    "Tagging",
    "TeamNotice",
    "Undertaking",
]
