"""What is done to partners, commitments and gifts. Keyword-only, atomic, audited."""

from partners.operations.commitments import add_commitment, end_commitment
from partners.operations.corrections import correct_gift, refund_gift
from partners.operations.gifts import Part, record_gift
from partners.operations.partners import add_partner, identify, unidentified_giver, update_partner
from partners.operations.reviews import settle_review

__all__ = [
    "Part",
    "add_commitment",
    "add_partner",
    "correct_gift",
    "end_commitment",
    "identify",
    "record_gift",
    "refund_gift",
    "settle_review",
    "unidentified_giver",
    "update_partner",
]
