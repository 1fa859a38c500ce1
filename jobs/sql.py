"""What is due, asked before any scope exists (trust rule T2a): ids only, never a name or a text, and only
the worker may ask.

`due_work` answers for every kind of work; the app that owns a table hands in its part when it makes the table.
"""

JOBS_DUE = """
  (SELECT 'job'::text, agency_id, alliance_id, id FROM public.jobs_job
   WHERE state IN ('queued', 'running')
     AND ((state = 'queued'
           AND (nudged_at IS NULL OR nudged_at < statement_timestamp() - interval '30 seconds')
           AND (not_before IS NULL OR not_before <= statement_timestamp()))
          OR (state = 'running' AND lease_until < statement_timestamp()))
   ORDER BY id LIMIT wanted)
"""

AGENCY_IDS = """
CREATE OR REPLACE FUNCTION agency_ids() RETURNS SETOF bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT id FROM public.agencies_agency ORDER BY id $$;
GRANT EXECUTE ON FUNCTION agency_ids() TO yokefellow_worker;
"""


def due_work(*parts: str) -> str:
    """The statement that makes the function: `due_work(wanted)` returns up to `wanted` rows of each part."""
    return f"""
CREATE OR REPLACE FUNCTION due_work(wanted integer)
  RETURNS TABLE (kind text, agency_id bigint, alliance_id bigint, id bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ {" UNION ALL ".join(parts)} $$;
GRANT EXECUTE ON FUNCTION due_work(integer) TO yokefellow_worker;
"""
