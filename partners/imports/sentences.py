"""The sentence that a person reads for each code of a row: what is wrong and what to do."""

from imports.reading.findings import CELL_SENTENCES

ERASED = "erased_giver"

ROW_SENTENCES = CELL_SENTENCES | {
    "required": "This value is needed. Fill it in.",
    "amount": "This is not an amount. Write it like 1234.50.",
    "zero_amount": "The amount is zero, so there is no gift. Correct it or remove the row.",
    "zero_line": "The amount is zero, so nothing moved. The line is left out; nothing needs to be done.",
    "decimals": "The amount has more decimals than its currency.",
    "too_large": "The amount is 1,000,000,000,000 or more. Look for a slip of the keyboard.",
    "sign": "Refunds and chargebacks are negative, everything else is positive. Correct the sign or the type.",
    "no_side": (
        "The amounts of this file have no sign, and this cell does not say whether money came in or went out. Write "
        "debit or credit, or map the columns of this file."
    ),
    "other_side": (
        "By the running balance this money went the other way than the amount says. Correct the sign, or map the "
        "columns of this file."
    ),
    "yes_or_no": "Write yes or no.",
    "receipted": "Write the day on which a receipt was given for it, or yes or no.",
    "negative_value": "What the giver got in return cannot be worth less than nothing. Correct the value.",
    "reversal": "This takes back more than was given. Correct the amount or the gift it refers to.",
    "split_total": "The lines of this gift do not add up to its total. Correct the lines or the total.",
    "currency": "This is not a currency code of ISO 4217, like USD or EUR.",
    "tendered_currency": "The tendered amount differs from the amount. Say in which currency it was given.",
    "correction": "This entry replaces or deletes an earlier one, which does not count any more.",
    "pending": "This entry is not booked yet. It is not counted.",
    "reversed_entry": "The bank took an earlier entry back by this one.",
    "statement_there": "Every entry of this statement is there already. Perhaps it came before in another version.",
    "other_currency": (
        "The currency of this row is not the currency of the account. Ask the bank for the line in the money of the "
        "account, or enter it by hand."
    ),
    "running_balance": "The balance of this row does not follow from the row before it. A row may be missing.",
    "unknown_donor": "Nobody is known by this donor number. Bring in the partners first.",
    ERASED: (
        "The partner with this number was erased. Gifts are posted to “Erased partner”; names, addresses and words are "
        "not read, not kept and not shown, and the file is deleted after the import."
    ),
    "no_designation": "This designation is not in the list. Open it first, or correct the code.",
    "frequency": "This frequency is not known. Known are weekly, monthly, quarterly, annual and their like.",
    "ends_before": "The last day is before the first one, so the promise never held. The row is kept, nothing is made.",
    "promise_frequency": (
        "How often is promised is not known here, so no commitment is made of it. Enter the commitment by hand."
    ),
    "twice_a_month": (
        "Twice a month is no frequency here. Write 1 and the amount of a whole month, or 0.46 for every two weeks."
    ),
    "less_than_never": "The months between two payments are below zero. Write 1 for monthly, 12 for yearly.",
    "no_promise": "No commitment is made of it. Enter the commitment by hand.",
    "promise_start": "This is no day, so the commitment begins on the day of the import. Correct it there.",
    "promise_end": "This is no day, so the commitment goes on without a last day. Correct it there.",
    "promised_less": "A promise is of more than nothing. Correct the amount.",
    "type": "This type is not known. Correct it.",
    "balance": "Net is not gross less fee. Export the file again, or correct the row.",
    "date": "This is not a date between 1950 and next year. Write it like 2025-03-14.",
    "conflict": (
        "This key was there before with other facts, and the first stands. If this is another one, write a number of "
        "its own; if it is the same, leave it: it stays out."
    ),
    "not_of_ours": (
        "This number was given by a file of ours, and no gift stands under it with this day and amount. Look the gift "
        "up here, and correct it there."
    ),
    "duplicate": "This row repeats an earlier one. It counts once.",
    "duplicate_partner": "This is surely the same person as another partner. A merge is proposed, nothing is merged.",
    "likely_partner": "This may be the same person as another partner. Look at both.",
    "unknown_category": (
        "is not known here, so the row is kept and counted as no gift. If it is one, correct the cell or enter the "
        "gift by hand."
    ),
    "unknown_column": "This column is not known. Its cells are kept with the rows and used for nothing.",
    "no_lines": "The statement has no lines: nothing moved in its time, or the wrong days were chosen.",
    "other_sheets": (
        "Only the first sheet with a table is read. Other sheets hold something too; upload each as a file of its own, "
        "if it is needed:"
    ),
    "hidden_rows": "The spreadsheet hides rows, perhaps by a filter. They are read like all others; look at the sums.",
    "empty_database": "There are no contacts and no gifts in this file. Its other tables are kept and bring nothing.",
    "no_rows": "The file has a header and no rows.",
    "invalid_email": "This is not an e-mail address. It is kept with the row and not used.",
    "formula": "A spreadsheet would run this cell as a formula. It is stored as text and made harmless on export.",
    "invisible_characters": "The name holds invisible characters that can mislead. They were taken out.",
    "lost_letters": "The name holds signs for letters that were lost before. Compare it with the original.",
    "guessed_encoding": "The file is not UTF-8 and was read as Windows-1252. Look at a few names with accents.",
    "guessed_mac": "The file is not UTF-8 and was read as Mac Roman. Look at a few names with accents.",
    "unidentified_donor": "There is no donor number, or none that is known. A person finds out who gave.",
    "unknown_designation": "The designation is empty or not in the list. A person decides where the gift belongs.",
    "earmark_worker": "The memo asks that the gift go to one worker alone. A person looks at it.",
    "soft_credit_left": "A gift has one soft credit here. This further one stays with the row and thanks nobody.",
    "unlinked_reversal": "The gift that this takes back was not found. A person links it.",
}
"""Code -> sentence. Some codes that stand for two troubles have a second sentence under a name of its own."""
