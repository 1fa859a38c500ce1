"""What becomes of every column with words when a partner is erased, as data (ADR 17). A column that is not decided on
here fails a test: nobody keeps words of a person without a thought.
"""

from typing import Final

OVERWRITTEN: Final[dict[str, str]] = {
    "agencies.AuditEntry": "changes reason",
    "agencies.SavedView": "name query",
    "jobs.Job": "arguments",
    "jobs.StoredFile": "path",
    "delivery.OutgoingMessage": "to subject text html headers last_error",
    "delivery.Notice": "text",
    "delivery.Task": "text",
    "imports.ImportFinding": "message key",
    "imports.HeldRow": "columns cells",
    "imports.CellCorrection": "was now",
    "imports.StagedRow": "cells",
    "partners.Holder": "ended_reason",
    "partners.GiftLine": "intent",
    "partners.ReviewItem": "outcome",
    "partners.BatchPart": "intent",
    "partners.Commitment": "ended_reason",
    "partners.EmailAddress": "email norm",
    "partners.Phone": "number digits tail",
    "partners.Address": "lines city region postal_code country",
    "partners.Contact": "note withdrawn_reason",
    "partners.MatchKey": "key place",
    "partners.DuplicateCandidate": "reasons",
    "partners.Stage": "reason",
    "partners.Undertaking": "about ended_reason withdrawn_reason",
    "partners.Partner": (
        "name sort_name title first_name middle_name last_name suffix spouse_title spouse_first_name spouse_last_name "
        "organization roman_name greeting church language note search_name"
    ),
    "partners.GivingUnit": "name",
    "partners.FollowUp": "text ended_reason",
    "partners.GiverAssignment": "reason undone_reason",
    "partners.ImportMatch": "told before",
    "partners.Merge": "reason",
    "partners.MergeStep": "before after",
    "partners.Relation": "role",
    "partners.StatementLine": "party text",
    "communications.ConsentEntry": "wording source",
    "transition.ShiftAct": "words taken_back_reason",
    "transition.TalkedOver": "words",
}
"""Overwritten, emptied or deleted, in the rows that are of the partner."""

KEPT: Final[dict[str, dict[str, str]]] = {
    "delivery.Suppression": {"address_hash": "keeps letters away; nobody reads it back"},
    "communications.LetterMessage": {
        "address_hash": "the same",
        "series": "a kind and a number",
    },
    "imports.ImportRun": {"file_name": "names a file of many people", "undo_reason": "about a file of many people"},
    "imports.StagedRow": {"key": "the number of a gift or a giver in its source"},
    "jobs.StoredFile": {"name": "names a file of many people"},
    "funds.Posting": {"reason": "the ledger; finance explains an entry"},
    "funds.Expense": {"payee": "who was paid, by law", "description": "the same", "reference": "the same"},
    "partners.Gift": {
        "external_id": "the number of the gift in its source",
        "giver_key": "the number of the giver in its source: an old file brings nobody back",
        "reference": "number of the check or transfer, of the books",
        "description": "goods that a receipt states",
        "in_return": "the same",
    },
    "partners.Commitment": {"import_key": "a hash of the giver's number: an old file brings no promise back"},
    "partners.GiftLine": {"external_id": "as of the gift", "designation_key": "what the gift is for"},
    "partners.GiftCorrection": {"reason": "finance explains an entry; the ledger says the same"},
    "partners.SuspenseAssignment": {"reason": "the same"},
    "partners.BatchRow": {
        "reference": "as of the gift",
        "description": "as of the gift",
        "in_return": "as of the gift",
    },
    "partners.MatchPart": {"note": "of money that is no gift"},
    "partners.StatementLine": {"account": "our own account", "reference": "of the bank", "payout": "of the processor"},
    "partners.ExternalId": {"source": "an old system", "value": "an old file brings nobody back", "norm": "the same"},
    "partners.ImportMatch": {"number": "as of the partner"},
    "partners.Erasure": {"words": "why, written without the name"},
    "reports.StatementIssue": {
        "content": "a receipt, until its last legal day; then it is emptied",
        "content_hash": "of the receipt",
    },
}
"""Stays although it may tell of a person, and why."""

NOTHING: Final[dict[str, str]] = {
    "agencies.Agency": "*",
    "agencies.Invitation": "*",
    "agencies.ApiKey": "*",
    "agencies.AuditEntry": "verb kind label through",
    "agencies.IdempotencyKey": "*",
    "agencies.Look": "*",
    "agencies.SavedView": "listing",
    "jobs.Job": "kind title message error result",
    "jobs.JobLog": "*",
    "jobs.StoredFile": "content_type sha256 purpose",
    "delivery.NoticeChoice": "*",
    "delivery.MailHour": "*",
    "delivery.OutgoingMessage": "sender reply_to reference_kind key provider_id",
    "delivery.Notice": "kind url named_kind key",
    "delivery.Suppression": "purpose",
    "delivery.Task": "kind url named_kind about",
    "delivery.Webhook": "*",
    "delivery.WebhookEvent": "*",
    "delivery.WebhookDelivery": "*",
    "imports.ImportRun": "sha256 wanted_format format mapping toward outcome applied undone",
    "imports.SavedMapping": "*",
    "imports.ImportFinding": "column reason",
    "imports.HeldRow": "section",
    "imports.CellCorrection": "column",
    "imports.StagedRow": "section verdict",
    "funds.Posting": "source",
    "funds.Expense": "currency source external_id",
    "partners.StatementAccount": "*",
    "partners.BankMatch": "*",
    "partners.Gift": "method currency tendered_currency source soft_kind",
    "partners.GiftLine": "tendered_currency source",
    "partners.GiftBatch": "*",
    "partners.BatchRow": "key method tendered_currency soft_kind",
    "partners.Commitment": "currency method",
    "partners.CommitmentEvent": "*",
    "partners.TeamNotice": "*",
    "partners.OldTotals": "*",
    "partners.DifferenceNote": "*",
    "partners.GoLiveSignature": "*",
    "partners.ImportMatch": "source fields",
    "partners.MergeStep": "what ids",
    "partners.StatementLine": "currency category gift_number corrects",
    "partners.Tag": "*",
    "budgets.Budget": "*",
    "budgets.Line": "*",
    "communications.ConsentPolicy": "*",
    "communications.CoreMessage": "*",
    "communications.SetMessage": "*",
    "communications.Guidelines": "*",
    "communications.Letter": "*",
    "handover.Case": "*",
    "transition.Plan": "*",
    "transition.Wave": "*",
    "transition.Guarantee": "*",
    "transition.Shift": "currency frequency",
    "reports.StatementRun": "*",
    "reports.StatementPart": "*",
    "reports.StatementFile": "*",
}
"""Tells of no partner: words of the agency, of its people and units, of programs, codes. `*`: the whole table."""

APPS_WITHOUT: Final = frozenset({"ssu"})
"""Apps that know no partner at all."""
FUNDS_WITHOUT: Final = frozenset(
    {
        *(
            "Designation",
            "Account",
            "Entry",
            "AccountMonth",
            "AssessmentRule",
            "AssessmentLine",
            "JournalExport",
            "ExportedPosting",
        ),
        *("OpeningBalance", "Transfer", "PeriodClose"),
    }
)
"""Tables of the ledger that know no partner."""
