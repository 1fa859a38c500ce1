"""What is due, asked before any scope exists (trust rule T2a): ids only, never a name or a text, and only
the worker may ask.

`due_work` answers for every kind of work; the app that owns a table hands in its part when it makes the table.
"""

from agencies.lookups import AGENCY_IDS

__all__ = ["AGENCY_IDS", "JOBS_DUE", "due_work"]  # the first for a migration that knows it under this name

JOBS_DUE = """
  (SELECT 'job'::text, agency_id, alliance_id, id FROM public.jobs_job
   WHERE state IN ('queued', 'running')
     AND ((state = 'queued'
           AND (nudged_at IS NULL OR nudged_at < statement_timestamp() - interval '30 seconds')
           AND (not_before IS NULL OR not_before <= statement_timestamp()))
          OR (state = 'running' AND lease_until < statement_timestamp()))
   ORDER BY id LIMIT wanted)
"""


def due_work(*parts: str) -> str:
    """The statement that makes the function: `due_work(wanted)` returns up to `wanted` rows of each part."""
    return f"""
CREATE OR REPLACE FUNCTION due_work(wanted integer)
  RETURNS TABLE (kind text, agency_id bigint, alliance_id bigint, id bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ {" UNION ALL ".join(parts)} $$;
GRANT EXECUTE ON FUNCTION due_work(integer) TO yokefellow_worker;
"""
