"""What the archive of an agency holds, column by column, as data. A table or a column that is not decided on here fails
a test: nobody adds a secret to the archive without a thought, and nobody forgets a table.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

COLUMNS: Final[dict[str, str]] = {
    "agencies.Agency": (
        "id slug name legal_name tax_number address country locale impact_goal brand_promise base_currency "
        "time_zone fiscal_year_start unit_word unit_words default_source organization_code quiet_after_days "
        "board_met_on live_on is_demo created_at"
    ),
    "agencies.Membership": "id user_id joined_at left_at",
    "agencies.RoleGrant": "id membership_id role granted_at granted_by_id ended_at ended_by_id",
    "agencies.Invitation": (
        "id email name roles unit_roles held_since sign_in_name invited_by_id invited_at expires_at accepted_at "
        "accepted_by_id withdrawn_at"
    ),
    "agencies.ApiKey": "id membership_id name sign areas writes made_at last_day used_on ended_at ended_by_id",
    "agencies.AuditEntry": "id at actor_id verb kind object_id label changes reason through",
    "agencies.Look": "id accent content_type width height sha256 chosen_by_id chosen_at",
    "jobs.Job": "id kind title actor_id state done total created_at started_at finished_at cancel_requested_at",
    "jobs.StoredFile": "id job_id name content_type size sha256 purpose created_at",
    "delivery.OutgoingMessage": (
        "id to sender reply_to purpose reference_kind reference_id state created_at sending_at accepted_at "
        "changed_at settled_at settled_by_id"
    ),
    "delivery.Suppression": "id address_hash purpose reason created_at lifted_at lifted_by_id",
    "delivery.Webhook": "id name url kinds made_at made_by_id paused_at paused_why ended_at",
    "imports.ImportRun": (
        "id file_name sha256 size stored_file_id wanted_format format mapping saved_mapping_id toward state outcome "
        "applied job_id uploaded_by_id uploaded_at checked_at applied_at applied_by_id undone undone_at "
        "undone_by_id undo_reason"
    ),
    "imports.SavedMapping": "id name rules created_at changed_at changed_by_id removed_at",
    "imports.CellCorrection": "id import_run_id line row column was now by_id at",
    "imports.StagedRow": "id import_run_id row line section verdict key cells",
    "ssu.Strategy": "id code name impact_goal status created_at",
    "ssu.Unit": (
        "id strategy_id code name kind discretion alias place region status copied_from_id shift_date created_at"
    ),
    "ssu.Worker": "id code name last_name membership_id invitation_id spouse_id discretion alias created_at",
    "ssu.TeamMember": "id unit_id worker_id role joined_on left_on",
    "ssu.ModelText": "id unit_id version text written_by_id written_at",
    "ssu.CoachingArea": (
        "id unit_id title sentence is_required position added_by_id added_at archived_by_id archived_at"
    ),
    "ssu.CoachingSession": (
        "id withdrawn_by_id withdrawn_at withdrawn_reason unit_id kind date coach_id note fulfills_id replaces_id "
        "written_by_id written_on written_at"
    ),
    "ssu.CoachingRecord": "id session_id worker_id area_id",
    "ssu.CoachingExcuse": (
        "id withdrawn_by_id withdrawn_at withdrawn_reason unit_id worker_id area_id date reason written_by_id "
        "written_at"
    ),
    "ssu.DialogueLeader": "id unit_id worker_id added_by_id added_at removed_by_id removed_at",
    "ssu.Conversation": (
        "id withdrawn_by_id withdrawn_at withdrawn_reason unit_id worker_id date other_points outcome agreed "
        "next_on replaces_id written_by_id written_on written_at"
    ),
    "ssu.PlannedTalk": (
        "id withdrawn_by_id withdrawn_at withdrawn_reason unit_id worker_id date planned_by_id planned_on planned_at"
    ),
    "ssu.DiscussedPoint": "id conversation_id position title",
    "ssu.ImpactGoal": (
        "id writers unit_id version statement reinforces indicator unit_of_measure baseline target by_when "
        "written_by_id written_at approved_by_id approved_at returned_by_id returned_at return_reason "
        "dropped_by_id dropped_at"
    ),
    "ssu.Reading": "id unit_id goal_id date value note story added_by_id added_at withdrawn_by_id withdrawn_at",
    "ssu.Lowering": "id level reason asked_by_id asked_at answered_by_id answered_at agreed unit_id",
    "ssu.EmergencyAppeal": (
        "id unit_id reason ends_on asked_by_id asked_at approved_by_id approved_at ended_by_id ended_at ended_reason"
    ),
    "ssu.PublicPage": "id unit_id how_to_give opened_by_id opened_at closed_by_id closed_at",
    "ssu.PersonLowering": "id level reason asked_by_id asked_at answered_by_id answered_at agreed worker_id",
    "ssu.ActionItem": (
        "id unit_id key step position own_wording own_item_id state claimed_by_id claimed_at confirmed_by_id "
        "confirmed_at reason due_on assignee_id last_activity_at"
    ),
    "ssu.ItemEvent": "id item_id kind by_id at reason",
    "ssu.Evidence": (
        "id item_id kind title text url content_type size object_kind object_id added_by_id added_at "
        "removed_by_id removed_at"
    ),
    "ssu.RollOut": (
        "id unit_id declared_on declared_by_id declared_at taken_back_by_id taken_back_at taken_back_reason"
    ),
    "ssu.OwnItem": "id number step evidence_kind for_all added_by_id added_at retired_by_id retired_at",
    "ssu.OwnItemWording": "id own_item_id version wording written_by_id written_at",
    "ssu.StarterText": "id key version text is_original written_by_id written_at",
    "ssu.Tactic": (
        "id unit_id what decision why by_when who_id decided_by_id decided_at added_by_id added_at removed_by_id "
        "removed_at"
    ),
    "funds.Designation": "id code public_name kind unit_id worker_id opened_on closed_on",
    "funds.Account": "id kind name designation_id holder institution last_digits currency ledger_code closed_on",
    "funds.Posting": "id date kind source reason reverses_id posted_by_id posted_at",
    "funds.Entry": "id posting_id account_id amount currency",
    "funds.AccountMonth": "id account_id month kind currency debit credit entries",
    "funds.AssessmentRule": "id name percent designation_id kind destination_id starts_on ends_on made_by_id made_at",
    "funds.AssessmentRun": "id month posting_id",
    "funds.AssessmentLine": "id run_id rule_id designation_id currency base share amount",
    "funds.JournalExport": "id number first_day last_day source layout codes digest postings entries by_id at",
    "funds.ExportedPosting": "id export_id posting_id batch kind",
    "funds.OpeningBalance": "id posting_id designation_id deposit_id amount currency",
    "funds.Transfer": "id posting_id origin_id destination_id amount currency resolution resolved_on left_out covers",
    "funds.Expense": (
        "id posting_id designation_id category_id paid_from_id amount currency payee description reference source "
        "external_id"
    ),
    "funds.PeriodClose": "id open_from reason by_id at",
    "partners.GoLiveSignature": (
        "id live_on digest figures by_id name at withdrawn_at withdrawn_by_id withdrawn_reason"
    ),
    "partners.Holder": (
        "id partner_id unit_id worker_id is_primary starts_on ends_on ended_reason named_by_id named_at "
        "ended_by_id ended_at"
    ),
    "partners.Gift": (
        "id giving_unit_id date kind method amount currency tendered_amount tendered_currency source external_id "
        "giver_key reference description fair_market_value in_return intangible receipted_elsewhere "
        "soft_partner_id soft_kind anonymous reverses_id posting_id import_id batch_id recorded_by_id recorded_at "
        "withdrawn_at"
    ),
    "partners.GiftLine": (
        "id gift_id designation_id designation_key amount tendered_amount tendered_currency intent source "
        "external_id staged_row withdrawn_at"
    ),
    "partners.GiftCorrection": "id gift_id replacement_id posting_id reason by_id at",
    "partners.ReviewItem": "id line_id reason made_at settled_at settled_by_id outcome",
    "partners.GiftBatch": (
        "id number title deposit_id deposited_on currency expected_count expected_total method designation_id "
        "contributed_on brought_by_id state made_by_id made_at posted_by_id posted_at discarded_by_id discarded_at "
        "discard_reason"
    ),
    "partners.BatchRow": (
        "id revision edited_by_id edited_at batch_id place key giving_unit_id amount kind method reference date "
        "tendered_amount tendered_currency description fair_market_value in_return intangible soft_partner_id "
        "soft_kind anonymous removed_at gift_id"
    ),
    "partners.BatchPart": "id row_id place designation_id amount intent",
    "partners.Commitment": (
        "id giving_unit_id designation_id amount currency frequency starts_on ends_on method ended_reason "
        "follows_id resumes import_key import_run_id"
    ),
    "partners.CommitmentEvent": "id commitment_id kind key gift_id days_late happened_on found_at",
    "partners.EventAudience": "id kind group is_told",
    "partners.EmailAddress": "id whose added_at not_valid_since partner_id email norm",
    "partners.Phone": "id whose added_at not_valid_since partner_id number digits tail",
    "partners.Address": "id whose added_at not_valid_since partner_id lines city region postal_code country",
    "partners.Contact": (
        "id partner_id unit_id channel outcome happened_on note note_for by_id logged_at withdrawn_at "
        "withdrawn_by_id withdrawn_reason"
    ),
    "partners.NotSame": "id first_id second_id by_id at ended_by_id ended_at",
    "partners.TeamNotice": "id is_given told_on wording by_id at",
    "partners.Stage": "id partner_id unit_id kind reason contact_id set_by_id set_at left_at import_run_id",
    "partners.DifferenceNote": "id kind code month currency difference gifts note by_id at",
    "partners.OldTotals": "id file_name sha256 rows by_id at",
    "partners.Partner": (
        "id kind name sort_name title first_name middle_name last_name suffix spouse_title spouse_first_name "
        "spouse_last_name spouse_deceased organization roman_name greeting church language deceased_on "
        "death_day_known note search_name created_at import_run_id merged_into_id erased_at"
    ),
    "partners.Erasure": "id partner_id ground words by_id at",
    "partners.ExternalId": "id partner_id source value norm giving_unit_id",
    "partners.GivingUnit": "id partner_id name receipts is_unidentified came_by_id",
    "partners.FollowUp": (
        "id partner_id unit_id channel text due_on assignee_id after_id made_by_id made_at ended_at ended_by_id "
        "end ended_reason done_with_id"
    ),
    "partners.ImportMatch": (
        "id import_run_id row line source number partner_id reason told choice fields before chosen_by_id "
        "chosen_at applied_at"
    ),
    "partners.Merge": "id survivor_id loser_id reason by_id at undone_by_id undone_at",
    "partners.MergeStep": "id merge_id what ids before after",
    "partners.Relation": "id partner_id other_id kind role made_by_id made_at ended_by_id ended_at",
    "partners.StatementLine": (
        "id account reference date amount currency gross fee category party text payout payout_date gift_number "
        "corrects returned import_run_id staged_row withdrawn_at"
    ),
    "partners.StatementAccount": "id account deposit_id said_by_id said_at",
    "partners.BankMatch": "id line_id basis payout_account payout made_by_id made_at undone_by_id undone_at",
    "partners.PostedFee": "id match_id expense_id",
    "partners.MatchPart": "id match_id kind amount batch_id gift_id reason note",
    "partners.GiverAssignment": "id act gift_id giving_unit_id reason by_id at undone_by_id undone_at undone_reason",
    "partners.SuspenseAssignment": "id line_id designation_id posting_id reason by_id at",
    "partners.Tag": "id name norm retired_at import_run_id",
    "partners.Undertaking": (
        "id partner_id unit_id kind about rhythm starts_on ends_on ended_reason basis contact_id taken_up_by_id "
        "taken_up_at ended_by_id ended_at withdrawn_at withdrawn_by_id withdrawn_reason"
    ),
    "partners.Tagging": "id partner_id tag_id by_id at",
    "budgets.Budget": (
        "id writers unit_id fiscal_year version state currency author_id made_at revision submitted_at "
        "approver_id approved_at copied_from_id"
    ),
    "budgets.Line": "id budget_id kind impact category amount priority months root owner_id",
    "budgets.Preference": "id giving_unit_id unit_id line_root starts_on ends_on by_id at",
    "communications.ConsentEntry": "id partner_id channel purpose basis wording source on by_id recorded_at",
    "communications.ConsentPolicy": "id news appeals months wording decided_by_id decided_at",
    "communications.CoreMessage": (
        "id writers revision edited_by_id edited_at version author_id written_at submitted_at approved_by_id "
        "approved_at superseded_at returned_by_id returned_at return_reason unit_id text copied_from_id"
    ),
    "communications.SetMessage": "id core_message_id place headline body answers",
    "communications.Guidelines": (
        "id writers revision edited_by_id edited_at version author_id written_at submitted_at approved_by_id "
        "approved_at superseded_at returned_by_id returned_at return_reason unit_id who_writes tone approvals "
        "security photos answering more copied_from_id"
    ),
    "communications.Acknowledgement": "id guidelines_id core_message_id worker_id by_id at signed_on",
    "communications.Letter": (
        "id writers unit_id subject body purpose language state audience author_id written_at revision "
        "approved_by_id approved_at series core_message_id tells_impact job_id send_at sent_at"
    ),
    "communications.LetterMessage": (
        "id letter_id partner_id outgoing_id address_hash basis excluded included_anyway series made_at"
    ),
    "transition.Plan": "id unit_id designation_id made_by_id made_at ended_by_id ended_at ended_reason",
    "transition.Wave": (
        "id plan_id number name reply_by made_by_id made_at opened_on opened_by_id closed_on closed_by_id"
    ),
    "transition.Guarantee": (
        "id plan_id account_id how until given_by told_on recorded_by_id recorded_at ended_by_id ended_at"
    ),
    "transition.Shift": "id wave_id commitment_id is_key talker_id amount currency frequency added_by_id added_at",
    "transition.ShiftAct": (
        "id shift_id kind on effective_on how words message_id end_before by_id at taken_back_by_id taken_back_at "
        "taken_back_reason letter_id"
    ),
    "transition.PostedNotice": "id letter_id partner_id printed_at printed_by_id posted_on posted_by_id",
    "transition.TalkedOver": "id shift_id line_id on words by_id at taken_back_by_id taken_back_at",
    "handover.Case": (
        "id worker_id leaves_on introducer_id opened_by_id opened_at told_at told_by_id closed_at closed_by_id "
        "called_off_at"
    ),
    "handover.CaseReader": "id case_id membership_id named_by_id named_at",
    "handover.Passing": "id case_id holder_id",
    "handover.PassingAct": (
        "id passing_id kind on why new_holder_id introduction_id meeting_id letter_id by_id at taken_back_by_id "
        "taken_back_at"
    ),
    "handover.Check": "id passing_id after outcome looked_on",
    "reports.StatementRun": "id year total skipped started_by_id started_at bundle_job_id",
    "reports.StatementPart": "id run_id place of job_id after issued replaced unchanged failures finished_at",
    "reports.ReceiptStart": "id on set_by_id set_at",
    "reports.StatementSeries": "id year last",
    "reports.StatementIssue": (
        "id giving_unit_id year number version replaces_id content content_hash issued_on issued_at issued_by_id"
    ),
    "reports.StatementFile": "id issue_id stored_id sha256 size made_at",
}
"""Table -> its columns in the archive. The agency is the same everywhere and stands once, in its own table."""

LEFT_OUT: Final[dict[str, Any]] = {
    "agencies.IdempotencyKey": _("keys of forms that were sent, kept so that none counts twice"),
    "agencies.SavedView": _("filters of single people, whose words may be names"),
    "jobs.JobLog": _("what machinery said while it worked"),
    "delivery.NoticeChoice": _("how single people want to be told"),
    "delivery.MailHour": _("when single people want to be told"),
    "delivery.Notice": _("what single people were told; each belongs to its reader alone"),
    "delivery.Task": _("what single people have to do; each belongs to its reader alone"),
    "delivery.WebhookEvent": _("numbers that other programs were told, kept for some weeks"),
    "delivery.WebhookDelivery": _("whether other programs were told, kept for some weeks"),
    "imports.ImportFinding": _("made anew by each check of a file"),
    "imports.HeldRow": _("rows of a file that wait for correction; the file itself is in the archive"),
    "ssu.Confidence": _("a member's own word, seen by the member and the coach alone, in no export"),
    "ssu.StarterDraft": _("texts that somebody is writing"),
    "partners.MatchKey": _("made anew from the records every night"),
    "partners.DuplicateCandidate": _("made anew from the records every night"),
}
"""Tables that are not in the archive, and why."""

TOLD: Final[dict[str, str]] = {
    "handover.Case": "told_at",
    "handover.CaseReader": "case__told_at",
    "handover.Passing": "case__told_at",
    "handover.PassingAct": "passing__case__told_at",
    "handover.Check": "passing__case__told_at",
}
"""Tables whose rows are in the archive once something was told: until then single people alone may know."""

KEPT_BACK: Final[dict[str, dict[str, Any]]] = {
    "agencies.Invitation": {
        "nonce": _("opens the invitation"),
    },
    "agencies.ApiKey": {
        "sha256": _("the hash of a key"),
    },
    "jobs.Job": {
        "arguments": _("may hold the words of a filter, which may be names"),
        "message": _("what machinery said while it worked"),
        "error": _("what machinery said while it worked"),
        "result": _("what machinery said while it worked"),
        "nudged_at": _("of machinery"),
        "lease_until": _("of machinery"),
        "attempts": _("of machinery"),
        "not_before": _("of machinery"),
        "member_id": _("of an alliance"),
        "alliance_id": _("of an alliance"),
    },
    "handover.Case": {
        "how": _("why somebody leaves never leaves the case"),
        "reason": _("why somebody leaves never leaves the case"),
    },
    "agencies.Look": {
        "logo": _("where the file lies on the server; the file is in the archive"),
    },
    "ssu.Evidence": {
        "file": _("where the file lies on the server; the file is in the archive"),
    },
    "jobs.StoredFile": {
        "path": _("where the file lies on the server"),
        "alliance_id": _("of an alliance"),
    },
    "agencies.AuditEntry": {
        "alliance_id": _("of an alliance"),
    },
    "delivery.Webhook": {
        "secret": _("a secret"),
        "former_secret": _("a secret"),
        "former_until": _("of machinery"),
        "failing_since": _("of machinery"),
        "failures": _("of machinery"),
        "resting_until": _("of machinery"),
    },
    "delivery.Suppression": {
        "alliance_id": _("of an alliance"),
    },
    "delivery.OutgoingMessage": {
        "text": _("mails carry personal links"),
        "html": _("mails carry personal links"),
        "headers": _("mails carry personal links"),
        "subject": _("may be of a person's own matter"),
        "key": _("of machinery"),
        "attempts": _("of machinery"),
        "not_before": _("of machinery"),
        "lease_until": _("of machinery"),
        "last_error": _("of machinery"),
        "provider_id": _("the mail provider's own sign"),
        "alliance_id": _("of an alliance"),
    },
}
"""Columns that are not in the archive, and why."""
