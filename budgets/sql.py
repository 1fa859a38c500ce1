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

EVENLY = ", ".join(f"amount / 12 + ({month} <= amount % 12)::int" for month in range(1, 13))
SUM_OF_MONTHS = " + ".join(f"months[{month}]" for month in range(1, 13))

MONTHS_OF_A_LINE = f"""
ALTER TABLE budgets_line ADD COLUMN months bigint[]; ALTER TABLE budgets_line ALTER COLUMN months TYPE bigint[] USING
ARRAY[{EVENLY}]; ALTER TABLE budgets_line ALTER COLUMN months SET NOT NULL; ALTER TABLE budgets_line ADD CONSTRAINT
budget_line_months_add_up CHECK (coalesce(cardinality(months) = 12 AND 0 <= ALL (months) AND
{SUM_OF_MONTHS} = amount, false));
"""
"""Twelve months that add up to the amount. Lines from before are spread evenly; no trigger and no policy is in the way
of that, since PostgreSQL itself writes a column anew that changes its type."""

ROOT_OF_A_LINE = """
ALTER TABLE budgets_line ADD COLUMN root uuid NOT NULL DEFAULT gen_random_uuid(); ALTER TABLE budgets_line ALTER COLUMN
root DROP DEFAULT;
"""
"""Each line from before begins an identity of its own."""
