"""What PostgreSQL itself keeps about the transition."""

KEEP_TERMS = """
CREATE OR REPLACE FUNCTION keep_shift_terms() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
AS $$ BEGIN IF TG_OP = 'DELETE' THEN IF OLD.amount IS NOT NULL THEN RAISE EXCEPTION
'commitment % is in a wave that was opened', OLD.commitment_id USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD;
END IF; IF OLD.amount IS NOT NULL AND (NEW.commitment_id, NEW.amount, NEW.currency, NEW.frequency, NEW.wave_id) IS
DISTINCT FROM (OLD.commitment_id, OLD.amount, OLD.currency, OLD.frequency, OLD.wave_id) THEN RAISE EXCEPTION
'what commitment % promised when its wave opened never changes', OLD.commitment_id USING ERRCODE = 'restrict_violation';
END IF; RETURN NEW; END $$; GRANT EXECUTE ON FUNCTION keep_shift_terms() TO PUBLIC; CREATE TRIGGER keep_shift_terms
BEFORE UPDATE OR DELETE ON transition_shift FOR EACH ROW EXECUTE FUNCTION keep_shift_terms();
"""

# Words of talks go with the person; kinds and days stay, so that every month still adds up (ADR 17).
ERASE_TRANSITION = """
CREATE OR REPLACE FUNCTION erase_transition(partner_ids bigint[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint := nullif(current_setting('app.agency_id', true), '')::bigint;
  shifts bigint[];
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
  shifts := ARRAY(SELECT s.id FROM transition_shift s
    JOIN partners_commitment c ON c.agency_id = mine AND c.id = s.commitment_id
    JOIN partners_givingunit u ON u.agency_id = mine AND u.id = c.giving_unit_id
    WHERE s.agency_id = mine AND u.partner_id = ANY (partner_ids));
  UPDATE transition_shiftact SET words = '', taken_back_reason = ''
    WHERE agency_id = mine AND shift_id = ANY (shifts);
  UPDATE transition_talkedover SET words = '' WHERE agency_id = mine AND shift_id = ANY (shifts);
  PERFORM set_config('app.erasing', '', true);
END $$;
GRANT EXECUTE ON FUNCTION erase_transition(bigint[]) TO PUBLIC;
"""
