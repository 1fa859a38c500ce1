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

# One event of each webhook in turn; those that are paused, ended or rest after a failure wait as a whole.
WEBHOOKS_DUE = """
  (SELECT 'webhook'::text, agency_id, NULL::bigint, id FROM (
     SELECT d.agency_id, d.id, row_number() OVER (PARTITION BY d.webhook_id ORDER BY d.id) AS turn
     FROM public.delivery_webhook w
     JOIN public.delivery_webhookdelivery d ON d.agency_id = w.agency_id AND d.webhook_id = w.id
     WHERE d.state = 'waiting' AND w.paused_at IS NULL AND w.ended_at IS NULL
       AND (w.resting_until IS NULL OR w.resting_until <= statement_timestamp())
       AND (d.not_before IS NULL OR d.not_before <= statement_timestamp())
       AND (d.lease_until IS NULL OR d.lease_until < statement_timestamp())) waiting
   ORDER BY turn, agency_id, id LIMIT wanted)
"""

DUE_WORK_WITH_WEBHOOKS = make_due_work(JOBS_DUE, OUTBOX_DUE, WEBHOOKS_DUE)
