"""Stages stay, but for those that an import told and that nobody followed: the undo of that import takes them back."""

TAKE_BACK_STAGES = """
CREATE OR REPLACE FUNCTION take_back_stages(run bigint) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM public.partners_stage
    WHERE agency_id = public.current_agency() AND import_run_id = run AND left_at IS NULL AND contact_id IS NULL
    RETURNING id
  ) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION take_back_stages(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_back_stages(bigint) TO yokefellow_worker;
"""
