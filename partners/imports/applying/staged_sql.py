"""Rows as they came, of a file that may be applied more than once: after an undo, or with rows that were corrected."""

# What a row brought stays said of it; a row that brought nothing may bring something now.
STAGED_AGAIN = """ON CONFLICT (agency_id, import_run_id, section, row)
DO UPDATE SET verdict = excluded.verdict, key = excluded.key
WHERE imports_stagedrow.verdict <> 'create' OR excluded.verdict = 'create'"""
