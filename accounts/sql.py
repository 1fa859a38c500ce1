"""Rules about accounts that PostgreSQL keeps itself."""

# Looked at when the transaction ends, so that the address may be handed over within it.
SHARED_ADDRESS_STAYS = """
CREATE OR REPLACE FUNCTION refuse_shared_address_to_move() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.accounts_user u WHERE u.mailbox_id = NEW.id) THEN
    RAISE EXCEPTION 'another account reads the mailbox of account %', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION refuse_shared_address_to_move() TO PUBLIC;
CREATE CONSTRAINT TRIGGER shared_address_stays AFTER UPDATE OF email ON accounts_user
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email)
  EXECUTE FUNCTION refuse_shared_address_to_move();
"""
