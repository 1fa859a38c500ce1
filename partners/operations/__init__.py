"""What is done to partners, commitments and gifts. Keyword-only, atomic, audited."""

from partners.operations.batch_posting import post_batch
from partners.operations.batch_rows import Keyed, remove_row, restore_row, save_row
from partners.operations.batches import Head, change_batch, discard_batch, open_batch, take_up_batch
from partners.operations.commitments import add_commitment, end_commitment
from partners.operations.corrections import WithdrawnAlready, correct_gift
from partners.operations.gift_posting import Part
from partners.operations.gifts import NothingGiven, record_gift
from partners.operations.notices import record_team_notice
from partners.operations.partners import add_partner, identify, unidentified_giver, update_partner
from partners.operations.reach import add_address, add_email, add_number, add_phone, end_way, restore_way
from partners.operations.refunds import refund_gift, refundable
from partners.operations.reviews import settle_review
from partners.operations.suspense import assign_line, take_back_assignment

__all__ = [
    "Head",
    "Keyed",
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
    "change_batch",
    "correct_gift",
    "discard_batch",
    "end_commitment",
    "end_way",
    "identify",
    "open_batch",
    "post_batch",
    "record_gift",
    "record_team_notice",
    "refund_gift",
    "refundable",
    "remove_row",
    "restore_row",
    "restore_way",
    "save_row",
    "settle_review",
    "take_back_assignment",
    "take_up_batch",
    "unidentified_giver",
    "update_partner",
]
