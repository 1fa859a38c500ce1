"""What PostgreSQL holds of a giver who was found out later."""

# As in `partners.merge_sql`, and besides: a standing gift goes from the unidentified giver to whom a standing
# assignment names, and back when that assignment was taken back.
KEEP_GIVER = """
CREATE OR REPLACE FUNCTION keep_giver() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.giving_unit_id = OLD.giving_unit_id
    AND public.is_merged(NEW.agency_id, OLD.soft_partner_id, NEW.soft_partner_id)
  THEN
    RETURN NEW;
  END IF;
  IF NEW.soft_partner_id IS NOT DISTINCT FROM OLD.soft_partner_id AND public.is_assigned(
    NEW.agency_id, NEW.id, OLD.giving_unit_id, NEW.giving_unit_id
  ) THEN
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
CREATE FUNCTION is_assigned(agency bigint, gift bigint, before bigint, after bigint) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM public.partners_giverassignment a
    JOIN public.partners_givingunit u ON u.agency_id = a.agency_id AND u.is_unidentified
    WHERE a.agency_id = agency AND a.gift_id = gift AND (
      (u.id = before AND a.giving_unit_id = after AND a.undone_at IS NULL)
      OR (u.id = after AND a.giving_unit_id = before AND a.undone_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.partners_giverassignment s
        WHERE s.agency_id = agency AND s.gift_id = gift AND s.undone_at IS NULL
      ))
    )
  )
$$;
GRANT EXECUTE ON FUNCTION is_assigned(bigint, bigint, bigint, bigint) TO PUBLIC;
"""
