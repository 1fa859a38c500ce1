"""Rules about people that PostgreSQL keeps itself."""

# Whoever gives a role holds the membership until it is committed, and whoever ends the membership waits for that.
NO_ROLE_AFTER_LEAVING = """
CREATE OR REPLACE FUNCTION refuse_role_after_leaving() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE ended timestamptz;
BEGIN
  SELECT m.left_at INTO ended FROM public.agencies_membership m
    WHERE m.agency_id = NEW.agency_id AND m.id = NEW.membership_id FOR SHARE;
  IF ended IS NOT NULL THEN
    RAISE EXCEPTION 'membership % has ended', NEW.membership_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION refuse_role_after_leaving() TO PUBLIC;
CREATE TRIGGER no_role_after_leaving BEFORE INSERT OR UPDATE OF ended_at, membership_id ON agencies_rolegrant
  FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION refuse_role_after_leaving();
"""
