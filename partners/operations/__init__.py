"""What is done to partners, commitments and gifts. Keyword-only, atomic, audited."""

from partners.operations.apart import end_keeping_apart, keep_apart
from partners.operations.audiences import choose_audiences
from partners.operations.batch_posting import post_batch
from partners.operations.batch_rows import Keyed, remove_row, restore_row, save_row
from partners.operations.batches import Head, change_batch, discard_batch, open_batch, take_up_batch
from partners.operations.commitment_changes import change_commitment, resume_commitment, take_back_change
from partners.operations.commitments import add_commitment, end_commitment, reopen_commitment
from partners.operations.contacts import log_contact, withdraw_contact
from partners.operations.corrections import WithdrawnAlready, carried_over, correct_gift
from partners.operations.duplicates import look_again
from partners.operations.erasing import erase_partner
from partners.operations.follow_ups import (
    add_follow_up,
    close_follow_up,
    close_follow_ups,
    finish_follow_up,
    move_follow_up,
    reopen_follow_up,
)
from partners.operations.gift_posting import Part
from partners.operations.gifts import NothingGiven, record_gift
from partners.operations.giving_units import change_giving_unit
from partners.operations.holders import appoint_holder, end_holder
from partners.operations.looking import start_looking
from partners.operations.merging import merge_partners
from partners.operations.moving import move_commitment, take_back_move
from partners.operations.notices import record_team_notice
from partners.operations.partners import add_partner, identify, unidentified_giver, update_partner
from partners.operations.proposals import take_follow_up, take_prayer, take_stage
from partners.operations.reach import add_address, add_email, add_number, add_phone, end_way, restore_way
from partners.operations.refunds import refund_gift, refundable
from partners.operations.relations import end_relation, relate
from partners.operations.reviews import settle_review
from partners.operations.stages import set_stage
from partners.operations.suspense import assign_line, take_back_assignment
from partners.operations.tags import (
    add_tag,
    give_tag,
    merge_tags,
    rename_tag,
    restore_tag,
    retire_tag,
    take_tag,
)
from partners.operations.undertakings import (
    change_undertaking,
    continue_undertaking,
    end_undertaking,
    take_up,
    withdraw_undertaking,
)
from partners.operations.unidentified import assign_giver, take_back_giver
from partners.operations.unmerging import undo_merge

__all__ = [
    "Head",
    "Keyed",
    "NothingGiven",
    "Part",
    "WithdrawnAlready",
    "add_address",
    "add_commitment",
    "add_email",
    "add_follow_up",
    "add_number",
    "add_partner",
    "add_phone",
    "add_tag",
    "appoint_holder",
    "assign_giver",
    "assign_line",
    "carried_over",
    "change_batch",
    "change_commitment",
    "change_giving_unit",
    "change_undertaking",
    "choose_audiences",
    "close_follow_up",
    "close_follow_ups",
    "continue_undertaking",
    "correct_gift",
    "discard_batch",
    "end_commitment",
    "end_holder",
    "end_keeping_apart",
    "end_relation",
    "end_undertaking",
    "end_way",
    "erase_partner",
    "finish_follow_up",
    "give_tag",
    "identify",
    "keep_apart",
    "log_contact",
    "look_again",
    "merge_partners",
    "merge_tags",
    "move_commitment",
    "move_follow_up",
    "open_batch",
    "post_batch",
    "record_gift",
    "record_team_notice",
    "refund_gift",
    "refundable",
    "relate",
    "remove_row",
    "rename_tag",
    "reopen_commitment",
    "reopen_follow_up",
    "restore_row",
    "restore_tag",
    "restore_way",
    "resume_commitment",
    "retire_tag",
    "save_row",
    "set_stage",
    "settle_review",
    "start_looking",
    "take_back_assignment",
    "take_back_change",
    "take_back_giver",
    "take_back_move",
    "take_follow_up",
    "take_prayer",
    "take_stage",
    "take_tag",
    "take_up",
    "take_up_batch",
    "undo_merge",
    "unidentified_giver",
    "update_partner",
    "withdraw_contact",
    "withdraw_undertaking",
]
