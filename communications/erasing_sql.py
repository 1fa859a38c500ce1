"""What consent keeps of a partner who was erased: channel, purpose, ground and days, no words (ADR 17)."""

ERASE_CONSENT = """
CREATE OR REPLACE FUNCTION erase_consent(partner_ids bigint[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint := nullif(current_setting('app.agency_id', true), '')::bigint;
BEGIN
  IF mine IS NULL THEN RAISE EXCEPTION 'no agency is in scope'; END IF;
  IF coalesce(cardinality(partner_ids), 0) = 0 THEN
    RAISE EXCEPTION 'nobody is named' USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (SELECT FROM unnest(partner_ids) AS p(id) WHERE NOT EXISTS (
    SELECT FROM partners_erasure e WHERE e.agency_id = mine AND e.partner_id = p.id
  )) THEN
    RAISE EXCEPTION 'no erasure of this partner is written down' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('app.erasing', 'on', true);
  UPDATE communications_consententry SET wording = '', source = 'erased'
    WHERE agency_id = mine AND partner_id = ANY (partner_ids);
  PERFORM set_config('app.erasing', '', true);
END $$;
GRANT EXECUTE ON FUNCTION erase_consent(bigint[]) TO PUBLIC;
"""
