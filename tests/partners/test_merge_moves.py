"""Whatever names a partner goes over by a merge, or it is said here why not."""

from partners.imports.undoing.resting import keys_to
from partners.models import GivingUnit, Partner
from partners.operations import merge_moves

MOVES = {
    "partners_address.partner_id",
    "partners_batchrow.soft_partner_id",
    "partners_contact.partner_id",
    "partners_emailaddress.partner_id",
    "partners_externalid.partner_id",
    "partners_followup.partner_id",
    "partners_gift.soft_partner_id",
    "partners_givingunit.partner_id",
    "partners_holder.partner_id",
    "partners_importmatch.partner_id",
    "partners_partner.merged_into_id",
    "partners_phone.partner_id",
    "partners_relation.other_id",
    "partners_relation.partner_id",
    "partners_stage.partner_id",
    "partners_tagging.partner_id",
    "partners_undertaking.partner_id",
}
STAYS = {
    "partners_erasure.partner_id": "who was erased is merged no more",
    "communications_consententry.partner_id": "a ledger: read with the survivor's (`communications.queries.consent`)",
    "communications_lettermessage.partner_id": "history of the letter; no address gets one twice",
    "transition_postednotice.partner_id": "history; read as the survivor's (`transition.queries.notices`)",
    "partners_duplicatecandidate.first_id": "looked for anew",
    "partners_duplicatecandidate.second_id": "looked for anew",
    "partners_matchkey.partner_id": "made anew",
    "partners_merge.loser_id": "what happened",
    "partners_merge.survivor_id": "what happened",
    "partners_notsame.first_id": "a decision about the record, read as one about the survivor",
    "partners_notsame.second_id": "a decision about the record, read as one about the survivor",
}
OF_A_UNIT = {
    "budgets_preference.giving_unit_id",
    "partners_batchrow.giving_unit_id",
    "partners_commitment.giving_unit_id",
    "partners_externalid.giving_unit_id",
    "partners_gift.giving_unit_id",
    "partners_giverassignment.giving_unit_id",
    "reports_statementissue.giving_unit_id",
}
"""What belongs to a giving unit goes over with it, and no row of it changes."""


def test_every_key_to_a_partner_moves_or_stays_for_a_reason() -> None:
    found = {f"{key.model._meta.db_table}.{key.column}" for key in keys_to(Partner)}
    assert found == MOVES | set(STAYS)


def test_what_belongs_to_a_giving_unit_is_known() -> None:
    assert {f"{key.model._meta.db_table}.{key.column}" for key in keys_to(GivingUnit)} == OF_A_UNIT


def test_the_columns_that_come_back_by_themselves_are_those_that_name_a_partner() -> None:
    """A step is undone for each row that still is where the merge took it."""
    named = {place.partition(".")[2] for place in MOVES}
    assert set(merge_moves.MOVED_BY) == named
