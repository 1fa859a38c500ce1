"""Rules about agreed words that PostgreSQL keeps itself."""

AGREED_WORDS_STAND = """
CREATE OR REPLACE FUNCTION refuse_change_of_agreed_words() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL
      AND to_jsonb(OLD) - 'superseded_at' = to_jsonb(NEW) - 'superseded_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'somebody agreed to row % of %: it stands', OLD.id, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION refuse_change_of_agreed_messages() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.communications_coremessage c WHERE c.approved_at IS NOT NULL AND (
    TG_OP <> 'INSERT' AND (c.agency_id, c.id) = (OLD.agency_id, OLD.core_message_id)
    OR TG_OP <> 'DELETE' AND (c.agency_id, c.id) = (NEW.agency_id, NEW.core_message_id)
  )) THEN
    RAISE EXCEPTION 'somebody agreed to this set of messages: it stands' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
GRANT EXECUTE ON FUNCTION refuse_change_of_agreed_words(), refuse_change_of_agreed_messages() TO PUBLIC;
CREATE TRIGGER agreed_words_stand BEFORE UPDATE OR DELETE ON communications_coremessage
  FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_agreed_words();
CREATE TRIGGER agreed_words_stand BEFORE UPDATE OR DELETE ON communications_guidelines
  FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_agreed_words();
CREATE TRIGGER agreed_words_stand BEFORE INSERT OR UPDATE OR DELETE ON communications_setmessage
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_agreed_messages();
"""
