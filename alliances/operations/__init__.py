"""Everything that can be done in an alliance. Keyword-only, alliance and actor first, atomic, audited."""

from alliances.operations.agenda import (
    add_item,
    adopt_agenda,
    begin_agenda,
    change_item,
    consult_on_agenda,
    remove_item,
    take_back_agenda,
)
from alliances.operations.agreement import (
    adopt_agreement,
    edit_agreement,
    offer_agreement,
    sign_agreement,
    write_agreement,
)
from alliances.operations.alliance import appoint_backbone, change_purpose, create_alliance, move_alliance
from alliances.operations.consent import give_consent, revoke_consent
from alliances.operations.indicator import adopt_definition, define_indicator, edit_definition, write_definition
from alliances.operations.invitation import accept_seat, accept_seat_as_new_person, invite_person, withdraw_seat
from alliances.operations.overlap import open_overlap, take_stance
from alliances.operations.people import add_representative, end_representative, invite_member, move_member
from alliances.operations.period import lock_period, open_period, unlock_period
from alliances.operations.prayer import (
    adopt_strategy,
    answer_prayer,
    ask_prayer,
    begin_rhythm,
    close_prayer,
    end_rhythm,
)
from alliances.operations.publication import publish
from alliances.operations.submission import accept_report, approve_report, hand_in_report, return_report, save_report

__all__ = [
    "accept_report",
    "accept_seat",
    "accept_seat_as_new_person",
    "add_item",
    "add_representative",
    "adopt_agenda",
    "adopt_agreement",
    "adopt_definition",
    "adopt_strategy",
    "answer_prayer",
    "appoint_backbone",
    "approve_report",
    "ask_prayer",
    "begin_agenda",
    "begin_rhythm",
    "change_item",
    "change_purpose",
    "close_prayer",
    "consult_on_agenda",
    "create_alliance",
    "define_indicator",
    "edit_agreement",
    "edit_definition",
    "end_representative",
    "end_rhythm",
    "give_consent",
    "hand_in_report",
    "invite_member",
    "invite_person",
    "lock_period",
    "move_alliance",
    "move_member",
    "offer_agreement",
    "open_overlap",
    "open_period",
    "publish",
    "remove_item",
    "return_report",
    "revoke_consent",
    "save_report",
    "sign_agreement",
    "take_back_agenda",
    "take_stance",
    "unlock_period",
    "withdraw_seat",
    "write_agreement",
    "write_definition",
]
