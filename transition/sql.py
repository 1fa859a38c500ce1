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
