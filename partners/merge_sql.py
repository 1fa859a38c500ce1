"""What PostgreSQL itself keeps about merges (ADR 14)."""

# A pointer leads to a partner who stands, in one step: so nobody is merged in a circle, and nobody is found twice.
MERGED_INTO_ONE_WHO_STANDS = """
CREATE OR REPLACE FUNCTION check_merged_into() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (
    SELECT FROM public.partners_partner p WHERE p.agency_id = NEW.agency_id
      AND (p.id = NEW.merged_into_id AND p.merged_into_id IS NOT NULL OR p.merged_into_id = NEW.id)
  ) OR NEW.merged_into_id = NEW.id THEN
    RAISE EXCEPTION 'partner % is merged into one who does not stand, or others are merged into it', NEW.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION check_merged_into() TO PUBLIC;
CREATE TRIGGER merged_into_stands BEFORE UPDATE ON partners_partner FOR EACH ROW
  WHEN (NEW.merged_into_id IS NOT NULL AND OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id)
  EXECUTE FUNCTION check_merged_into();
"""

# What belongs to a partner goes to another by a merge of these two alone, or back by its undo.
KEEP_PARTNER = """
CREATE OR REPLACE FUNCTION is_merged(agency bigint, one bigint, two bigint) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM public.partners_merge m WHERE m.agency_id = agency
    AND ((m.loser_id, m.survivor_id) = (one, two) OR (m.loser_id, m.survivor_id) = (two, one)))
$$;
CREATE OR REPLACE FUNCTION keep_partner() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT public.is_merged(NEW.agency_id, OLD.partner_id, NEW.partner_id) THEN
    RAISE EXCEPTION '% % stays with its partner: no merge moves it', TG_TABLE_NAME, OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION keep_related() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  was bigint[] := ARRAY[OLD.partner_id, OLD.other_id];
  is_now bigint[] := ARRAY[NEW.partner_id, NEW.other_id];
BEGIN
  IF NOT EXISTS (SELECT FROM public.partners_merge m WHERE m.agency_id = NEW.agency_id AND (
      m.loser_id = ANY (was) AND array_replace(was, m.loser_id, m.survivor_id) @> is_now
      OR m.survivor_id = ANY (was) AND array_replace(was, m.survivor_id, m.loser_id) @> is_now
  )) THEN
    RAISE EXCEPTION 'relation % stays with its partners: no merge moves it', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION keep_first_holder() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'holder % stays what it is: end it and write another', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
GRANT EXECUTE ON FUNCTION is_merged(bigint, bigint, bigint), keep_partner(), keep_related(), keep_first_holder()
  TO PUBLIC;
CREATE TRIGGER keep_related BEFORE UPDATE ON partners_relation FOR EACH ROW
  WHEN ((OLD.partner_id, OLD.other_id) IS DISTINCT FROM (NEW.partner_id, NEW.other_id))
  EXECUTE FUNCTION keep_related();
CREATE TRIGGER keep_first_holder BEFORE UPDATE ON partners_holder FOR EACH ROW
  WHEN (OLD.is_primary <> NEW.is_primary AND OLD.partner_id = NEW.partner_id) EXECUTE FUNCTION keep_first_holder();
"""
KEPT = """
CREATE TRIGGER keep_partner BEFORE UPDATE ON partners_{table} FOR EACH ROW
  WHEN (OLD.partner_id IS DISTINCT FROM NEW.partner_id) EXECUTE FUNCTION keep_partner();
"""
KEEP_PARTNER += "".join(
    KEPT.replace("{table}", table) for table in ("contact", "followup", "holder", "stage", "givingunit")
)

# As in `partners.sql`, and besides: a soft credit follows a merge.
KEEP_GIVER = """
CREATE OR REPLACE FUNCTION keep_giver() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.giving_unit_id = OLD.giving_unit_id
    AND public.is_merged(NEW.agency_id, OLD.soft_partner_id, NEW.soft_partner_id)
  THEN
    RETURN NEW;
  END IF;
  IF NEW.withdrawn_at IS NULL
    OR (NEW.soft_partner_id IS DISTINCT FROM OLD.soft_partner_id AND NEW.soft_partner_id IS NOT NULL)
    OR (NEW.giving_unit_id <> OLD.giving_unit_id AND NOT EXISTS (
      SELECT FROM public.partners_givingunit u
      WHERE u.agency_id = NEW.agency_id AND u.id = NEW.giving_unit_id AND u.is_unidentified
    ))
  THEN
    RAISE EXCEPTION 'gift % keeps its giver', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""

# Whoever writes to a partner holds a share of the agency's lock until the commit, whoever merges the whole of it: so
# what was under way when its partner was merged lands with the survivor. One lock and one look for each statement.
LAND_WITH_SURVIVOR = """
CREATE OR REPLACE FUNCTION land_with_survivor() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE name text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('partner merges ' || n.agency_id, 0))
    FROM (SELECT DISTINCT agency_id FROM new_rows) n;
  FOREACH name IN ARRAY TG_ARGV LOOP
    EXECUTE format(
      'UPDATE public.%1$I t SET %2$I = p.merged_into_id FROM new_rows n JOIN public.partners_partner p'
      ' ON p.agency_id = n.agency_id AND p.id = n.%2$I AND p.merged_into_id IS NOT NULL'
      ' WHERE t.agency_id = n.agency_id AND t.id = n.id', TG_TABLE_NAME, name);
  END LOOP;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION land_with_survivor() TO PUBLIC;
"""
LANDS = """
CREATE TRIGGER land_with_survivor AFTER INSERT ON partners_{table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION land_with_survivor({columns});
"""
WRITTEN = (
    *("contact", "followup", "holder", "stage", "tagging", "givingunit"),
    *("emailaddress", "phone", "address", "externalid"),
)
LAND_WITH_SURVIVOR += "".join(
    LANDS.replace("{table}", table).replace("{columns}", columns)
    for table, columns in (
        *((table, "'partner_id'") for table in WRITTEN),
        ("relation", "'partner_id', 'other_id'"),
        ("gift", "'soft_partner_id'"),
    )
)

# By the name of either of two that were merged the one that stands is found.
FIND_PARTNERS = """
CREATE OR REPLACE FUNCTION find_partners(words text[], most integer) RETURNS TABLE (partner_id bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint := nullif(current_setting('app.agency_id', true), '')::bigint;
  named text := (SELECT string_agg(format(' AND p.search_name LIKE %L', lower(word)), '') FROM unnest(words) AS word);
BEGIN
  IF mine IS NULL THEN RAISE EXCEPTION 'no agency is in scope'; END IF;
  RETURN QUERY EXECUTE
    'SELECT coalesce(p.merged_into_id, p.id) FROM public.partners_partner p WHERE p.agency_id = $1'
    || coalesce(named, '') || ' ORDER BY p.sort_name, p.id LIMIT $2' USING mine, most;
END $$;
"""
