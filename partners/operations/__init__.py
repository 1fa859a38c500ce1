"""What is done to partners, commitments and gifts. Keyword-only, atomic, audited."""

from partners.operations.commitments import add_commitment, end_commitment
from partners.operations.corrections import WithdrawnAlready, correct_gift
from partners.operations.gifts import NothingGiven, Part, record_gift
from partners.operations.notices import record_team_notice
from partners.operations.partners import add_partner, identify, unidentified_giver, update_partner
from partners.operations.reach import add_address, add_email, add_number, add_phone, end_way, restore_way
from partners.operations.refunds import refund_gift, refundable
from partners.operations.reviews import settle_review
from partners.operations.suspense import assign_line, take_back_assignment

__all__ = [
    "NothingGiven",
    "Part",
    "WithdrawnAlready",
    "add_address",
    "add_commitment",
    "add_email",
    "add_number",
    "add_partner",
    "add_phone",
    "assign_line",
    "correct_gift",
    "end_commitment",
    "end_way",
    "identify",
    "record_gift",
    "record_team_notice",
    "refund_gift",
    "refundable",
    "restore_way",
    "settle_review",
    "take_back_assignment",
    "unidentified_giver",
    "update_partner",
]
