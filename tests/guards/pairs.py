"""Which operation of the API stands for which page of partners, gifts, the ledger, imports and reports: the page's
address → method and address of the API, several where the page does several things.
"""

WAYS = ("email", "phone", "address")
PAIRS = {
    # budgets
    "budget_start": "POST api_budgets",
    "budget_begin": "POST api_budgets",
    **{f"budget_{act}": f"POST api_budget_{act}" for act in ("submit", "withdraw", "approve")},
    **dict.fromkeys(
        ("budget_lines", "budget_line", "budget_line_add", "budget_line_remove", "budget_lines_bring"),
        "PUT api_budget_lines",
    ),
    # imports
    "imports": "POST api_import_add",
    **{
        f"import_{act}": f"POST api_import_{act}"
        for act in ("apply", "check", "rows", "toward", "values", "undo", "givers")
    },
    "import_columns": "POST api_import_mapping",
    "import_columns_use": "POST api_import_mapping_use",
    "import_columns_drop": "DELETE api_import_mapping",
    "import_mapping": "PATCH api_saved_mapping",
    "import_mapping_remove": "DELETE api_saved_mapping",
    "import_mapping_restore": "POST api_saved_mapping_restore",
    # the ledger
    "designation_add": "POST api_designations",
    "designation_edit": "PATCH api_designation",
    "designation_close": "POST api_designation_close",
    "opening_add": "POST api_openings",
    "posting_reverse": "POST api_posting_reverse",
    "account_add": "POST api_accounts",
    "category_add": "POST api_accounts",
    "account_edit": "PATCH api_account",
    "transfer_add": "POST api_transfers",
    "expense_add": "POST api_expenses",
    "expense_file": "POST api_expense_file",
    "assessment": "POST api_assessments",
    "rule_add": "POST api_rules",
    "rule_end": "POST api_rule_end",
    "fee_post": "POST api_match_fee",
    "fee_back": "POST api_match_fee_back",
    "journal_add": "POST api_journals",
    "months": "POST api_closed_months",
    # partners
    "partner_add": "POST api_partners",
    "partner_edit": "PATCH api_partner",
    "reach_add": "POST api_emails and POST api_phones and POST api_addresses and POST api_numbers",
    **{f"reach_{act}": " and ".join(f"POST api_{way}_{act}" for way in WAYS) for act in ("end", "restore")},
    "giving_unit_edit": "POST api_giving_unit_change",
    "duplicates_look": "POST api_duplicates_look",
    "keep_apart": "POST api_kept_apart",
    "keep_apart_end": "POST api_kept_apart_end",
    "partners_compare": "POST api_merges",
    "merge_undo": "POST api_merge_undo",
    "call_log": "POST api_contacts",
    "call_follow_up": "POST api_partner_follow_ups",
    "commitment_add": "POST api_commitments",
    **{f"commitment_{act}": f"POST api_commitment_{act}" for act in ("end", "reopen", "change", "resume", "undo")},
    "commitment_settings": "POST api_commitment_audiences",
    "contact_log": "POST api_contacts",
    "contact_withdraw": "POST api_contact_withdraw",
    "contact_take": "POST api_contact_take",
    "follow_up_add": "POST api_partner_follow_ups",
    **{f"follow_up_{act}": f"POST api_follow_up_{act}" for act in ("done", "reopen", "move")},
    "holder_add": "POST api_holders",
    "holder_end": "POST api_holder_end",
    "line_preference_add": "POST api_line_preferences",
    "line_preference_end": "POST api_line_preference_end",
    "undertaking_add": "POST api_undertakings",
    "undertaking_change": "POST api_undertaking_change",
    "undertaking_end": "POST api_undertaking_end",
    "undertaking_continue": "POST api_undertaking_continue",
    "undertaking_withdraw": "POST api_undertaking_withdraw",
    "stage_set": "POST api_stages",
    "relation_add": "POST api_relations",
    "relation_end": "POST api_relation_end",
    "tag_give": "POST api_partner_tags",
    "tag_take": "POST api_partner_tag_take",
    "partners_tag": "POST api_partners_tag",
    "tags": "POST api_tags",
    "tag_edit": "POST api_tag_rename",
    **{f"tag_{act}": f"POST api_tag_{act}" for act in ("merge", "retire", "restore")},
    "partner_settings": "POST api_team_notice",
    # gifts
    "gift_add": "POST api_gifts",
    **{f"gift_{act}": f"POST api_gift_{act}" for act in ("correct", "refund", "thank")},
    "thanks_take_back": "POST api_contact_withdraw",
    "batch_add": "POST api_batches",
    "batch_edit": "PATCH api_batch",
    "batch_post": "POST api_batch_post",
    "batch_discard": "POST api_batch_discard",
    "batch_take_up": "DELETE api_batch_discard",
    "batch_row_save": "POST api_batch_rows",
    "batch_row_remove": "DELETE api_batch_row",
    "batch_row_restore": "POST api_batch_row",
    "line_assign": "POST api_line_assign",
    "line_take_back": "POST api_line_take_back",
    "review": "POST api_review_settle",
    "giver_assign": "POST api_giver_assign",
    "giver_take_back": "POST api_giver_take_back",
    "reconcile_take": "POST api_bank_matches",
    "reconcile_explain": "POST api_bank_matches",
    "reconcile_undo": "DELETE api_bank_match",
    "reconcile_accounts": "POST api_bank_accounts",
    **{f"go_live_{act}": f"POST api_go_live_{act}" for act in ("totals", "note", "sign", "withdraw", "take_back")},
    **{f"{what}_file": f"POST api_{what}_file" for what in ("partners", "gifts", "commitments", "own_giving")},
    "reconcile_file": "POST api_bank_lines_file",
    # reports
    "unit_report_start": "POST api_unit_report",
    "budget_paper_start": "POST api_budget_paper",
    "case_start": "POST api_case",
    "receipt_start": "POST api_receipt_start",
    "statement_send": "POST api_statement_send",
    # the transition
    "transition": "POST api_transitions",
    "transition_report": "POST api_transition_report",
    "transition_end": "POST api_transition_end",
    "guarantee_add": "POST api_transition_guarantees",
    "wave_add": "POST api_transition_waves",
    "wave_change": "PATCH api_wave",
    "wave_choose": "POST api_wave_shifts",
    **{
        f"wave_{act}": f"POST api_wave_{act}"
        for act in ("open", "close", "tell", "silent", "replies", "print", "posted")
    },
    "wave_letter_add": "POST api_wave_letters",
    "shift_set": "PATCH api_shift",
    "shift_remove": "DELETE api_shift",
    "shift_act": "POST api_shift_acts",
    "shift_take_back": "DELETE api_shift_act",
    "transition_talk": "POST api_shift_talks",
    "transition_talk_back": "DELETE api_shift_talk",
    # the hand-over
    "handover_add": "POST api_handovers",
    **{
        f"handover_{act}": f"POST api_handover_{act}"
        for act in ("pass", "skip", "tell", "close", "call_off", "foresee")
    },
    "handover_letter_add": "POST api_handover_letters",
    "passing_introduced": "POST api_passing_introduced",
    "passing_take_back": "DELETE api_passing_step",
}
# Pages that write and have no operation of the API, each with why.
PAGES_ALONE = {
    **dict.fromkeys(
        ("statement_run_start", "statement_run_cancel", "statement_issue"),
        "receipts go out after a person has looked at the proof and the lists that stand on these pages",
    ),
    "partner_erase": "nobody brings it back: a person reads what goes, and types the password, on the page",
    **dict.fromkeys(
        ("public_page_open", "public_page_close"), "a person looks at the preview of a page that everybody may read"
    ),
    "giving_report_file": "programs read the rows of a report at its address, page by page",
}
# Pages that ask for another right than the operation, each with why.
OTHER_RIGHT = {
    "assessment": "who only reads sees the figures there; posting asks for the right of the operation",
    "months": "who only reads sees the closed months there; closing asks for the right of the operation",
    "call_log": "the page is for who may know how to reach the caller; the log itself is that of the record",
    "call_follow_up": "the same",
    "transition": "who only reads sees the months there; beginning asks for the right of the operation",
}
