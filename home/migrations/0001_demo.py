from django.db import migrations

# The owner's function: it deletes agencies and alliances that carry the demo's flag, whatever table their rows are in.
# Triggers of ours are switched off for it, since the ledger and the audit trail let nobody delete; foreign keys stay on.
DELETE_DEMO = """
CREATE OR REPLACE FUNCTION delete_demo() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  place record;
  agencies bigint[] := ARRAY(SELECT id FROM public.agencies_agency WHERE is_demo);
  alliances bigint[] := ARRAY(SELECT id FROM public.alliances_alliance WHERE is_demo);
BEGIN
  FOR place IN SELECT DISTINCT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name IN ('agency_id', 'alliance_id')
  LOOP
    EXECUTE format('ALTER TABLE public.%I DISABLE TRIGGER USER', place.table_name);
  END LOOP;
  FOR place IN SELECT c.table_name, c.column_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name IN ('agency_id', 'alliance_id')
  LOOP
    EXECUTE format('DELETE FROM public.%I WHERE %I = ANY ($1)', place.table_name, place.column_name)
      USING CASE place.column_name WHEN 'agency_id' THEN agencies ELSE alliances END;
  END LOOP;
  DELETE FROM public.alliances_alliance WHERE id = ANY (alliances);
  DELETE FROM public.agencies_agency WHERE id = ANY (agencies);
  SET CONSTRAINTS ALL IMMEDIATE;
  FOR place IN SELECT DISTINCT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name IN ('agency_id', 'alliance_id')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE TRIGGER USER', place.table_name);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION delete_demo() TO yokefellow_worker;
"""

# Whether an agency is a demo is said once, when it is made: else somebody could mark a real one and have it deleted.
FIX_FLAG = """
CREATE OR REPLACE FUNCTION fix_demo_flag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.is_demo IS DISTINCT FROM OLD.is_demo THEN
    RAISE EXCEPTION 'whether this is a demo cannot change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION fix_demo_flag() TO PUBLIC;
CREATE TRIGGER fix_demo_flag BEFORE UPDATE ON agencies_agency FOR EACH ROW EXECUTE FUNCTION fix_demo_flag();
CREATE TRIGGER fix_demo_flag BEFORE UPDATE ON alliances_alliance FOR EACH ROW EXECUTE FUNCTION fix_demo_flag();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("agencies", "0002_protect"), ("alliances", "0002_protect")]
    operations = [
        migrations.RunSQL(DELETE_DEMO, "DROP FUNCTION delete_demo()"),
        migrations.RunSQL(FIX_FLAG, migrations.RunSQL.noop),
    ]
