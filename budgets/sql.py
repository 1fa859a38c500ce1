"""What PostgreSQL itself keeps about budgets."""

KEEP_LINES = """
CREATE OR REPLACE FUNCTION keep_budget_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
AS $$ DECLARE touched public.budgets_line := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; BEGIN IF NOT EXISTS (
SELECT FROM public.budgets_budget b WHERE b.agency_id = touched.agency_id AND b.id = touched.budget_id AND b.state =
'draft' ) THEN RAISE EXCEPTION 'the lines of budget % change only while it is a draft', touched.budget_id USING
ERRCODE = 'restrict_violation'; END IF; RETURN touched; END $$; GRANT EXECUTE ON FUNCTION keep_budget_lines() TO
PUBLIC; CREATE TRIGGER keep_budget_lines BEFORE INSERT OR UPDATE OR DELETE ON budgets_line FOR EACH ROW EXECUTE
FUNCTION keep_budget_lines();
"""
