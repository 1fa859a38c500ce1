"""The outbox's part of `due_work`, and the whole of it from here up."""

from jobs.sql import JOBS_DUE
from jobs.sql import due_work as make_due_work

# Account mail first; then one message of each agency in turn, so that a mailing of ten thousand does not hold up
# anybody else.
OUTBOX_DUE = """
  (SELECT 'outbox'::text, agency_id, alliance_id, id FROM (
     SELECT agency_id, alliance_id, id, purpose,
            row_number() OVER (PARTITION BY agency_id, alliance_id, purpose = 'account' ORDER BY id) AS turn
     FROM public.delivery_outgoingmessage
     WHERE state IN ('queued', 'leased', 'sending')
       AND ((state = 'queued' AND (not_before IS NULL OR not_before <= statement_timestamp()))
            OR (state <> 'queued' AND lease_until < statement_timestamp()))) waiting
   ORDER BY purpose <> 'account', turn, agency_id, alliance_id LIMIT wanted)
"""

DUE_WORK = make_due_work(JOBS_DUE, OUTBOX_DUE)
