"""How append-only tables let words of a person go, and nothing else (ADR 17)."""

from agencies.policies import OWNER

# A function of the owner sets `app.erasing` while it works; no application role is the owner, and what such a
# function overwrites it names column by column. The ledger is in no such list.
REFUSE_CHANGE_BUT_ERASURE = f"""
CREATE OR REPLACE FUNCTION is_erasing() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT current_user = '{OWNER}' AND current_setting('app.erasing', true) = 'on' $$;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME IN (
    'agencies_auditentry', 'communications_consententry', 'reports_statementissue'
  )
    AND public.is_erasing() THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
GRANT EXECUTE ON FUNCTION is_erasing() TO PUBLIC;
"""
