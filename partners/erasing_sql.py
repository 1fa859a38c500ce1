"""What PostgreSQL does and keeps when a partner is erased (ADR 17)."""

# Words of a person stand in rows that no application role may rewrite. This function of the owner overwrites exactly
# these columns, of partners of the agency in scope of whom an erasure is written down, and of nobody else.
ERASE_PARTNERS = """
CREATE OR REPLACE FUNCTION erase_partners(partner_ids bigint[], names text[], today date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint := nullif(current_setting('app.agency_id', true), '')::bigint;
  units bigint[]; gifts bigint[]; promises bigint[]; own bigint[]; named text;
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
  units := ARRAY(SELECT id FROM partners_givingunit WHERE agency_id = mine AND partner_id = ANY (partner_ids));
  gifts := ARRAY(SELECT id FROM partners_gift WHERE agency_id = mine AND giving_unit_id = ANY (units));
  promises := ARRAY(SELECT id FROM partners_commitment WHERE agency_id = mine AND giving_unit_id = ANY (units));

  UPDATE partners_contact SET note = '', withdrawn_reason = ''
    WHERE agency_id = mine AND partner_id = ANY (partner_ids);
  UPDATE partners_followup SET text = '', ended_reason = '', ended_at = coalesce(ended_at, now()),
    "end" = CASE WHEN ended_at IS NULL THEN 'closed' ELSE "end" END
    WHERE agency_id = mine AND partner_id = ANY (partner_ids);
  UPDATE partners_stage SET reason = '', left_at = coalesce(left_at, now())
    WHERE agency_id = mine AND partner_id = ANY (partner_ids);
  UPDATE partners_holder SET ended_reason = '', ends_on = coalesce(ends_on, greatest(starts_on, today)),
    ended_at = coalesce(ended_at, now()) WHERE agency_id = mine AND partner_id = ANY (partner_ids);
  UPDATE partners_relation SET role = '', ended_at = coalesce(ended_at, now())
    WHERE agency_id = mine AND (partner_id = ANY (partner_ids) OR other_id = ANY (partner_ids));
  UPDATE partners_undertaking SET about = '', rhythm = '', ended_reason = '', withdrawn_reason = '',
    ends_on = coalesce(ends_on, greatest(starts_on, today)), ended_at = coalesce(ended_at, now())
    WHERE agency_id = mine AND partner_id = ANY (partner_ids);
  UPDATE partners_merge SET reason = ''
    WHERE agency_id = mine AND (survivor_id = ANY (partner_ids) OR loser_id = ANY (partner_ids));
  UPDATE partners_giverassignment SET reason = '', undone_reason = ''
    WHERE agency_id = mine AND giving_unit_id = ANY (units);
  UPDATE partners_giftline SET intent = '' WHERE agency_id = mine AND gift_id = ANY (gifts) AND intent <> '';
  UPDATE partners_batchpart p SET intent = '' FROM partners_batchrow r
    WHERE r.agency_id = mine AND r.giving_unit_id = ANY (units) AND p.agency_id = mine AND p.row_id = r.id;
  -- A name of two words, as others write it: whole, with any blanks between.
  SELECT string_agg(CASE WHEN w ~ '^[[:alnum:]]' THEN '\\m' ELSE '' END
    || regexp_replace(regexp_replace(w, '([^[:alnum:][:space:]])', '\\\\\\1', 'g'), '[[:space:]]+', '\\\\s+', 'g')
    || CASE WHEN w ~ '[[:alnum:]]$' THEN '\\M' ELSE '' END, '|' ORDER BY length(w) DESC)
    INTO named FROM unnest(names) AS w WHERE position(' ' IN w) > 0;
  own := ARRAY(SELECT l.id FROM partners_statementline l WHERE l.agency_id = mine AND (l.party, l.text) <> ('', '')
    AND (
      EXISTS (SELECT FROM partners_gift g WHERE g.agency_id = mine AND g.id = ANY (gifts)
        AND l.gift_number <> '' AND g.external_id = l.gift_number AND g.source = l.account)
      OR EXISTS (SELECT FROM partners_bankmatch m JOIN partners_matchpart p ON p.agency_id = mine AND p.match_id = m.id
        WHERE m.agency_id = mine AND m.line_id = l.id AND p.gift_id = ANY (gifts))
      OR lower(btrim(l.party)) = ANY (names)
    ) AND NOT EXISTS (SELECT FROM partners_bankmatch m JOIN partners_matchpart p
        ON p.agency_id = mine AND p.match_id = m.id
      WHERE m.agency_id = mine AND m.line_id = l.id AND m.undone_at IS NULL
        AND (p.kind = 'batch' OR p.gift_id <> ALL (gifts))));
  UPDATE partners_statementline SET party = '', text = '' WHERE agency_id = mine AND id = ANY (own);
  UPDATE partners_statementline l SET party = regexp_replace(l.party, named, '…', 'gi'),
    text = regexp_replace(l.text, named, '…', 'gi')
    WHERE l.agency_id = mine AND named IS NOT NULL AND (l.party ~* named OR l.text ~* named);
  UPDATE agencies_auditentry a SET reason = '', changes = (
      SELECT coalesce(jsonb_object_agg(c.key, c.value), '{}') FROM jsonb_each(a.changes) c
      WHERE jsonb_typeof(c.value) IN ('number', 'boolean', 'null') OR c.key IN ('fields', 'channel', 'purpose', 'basis')
    )
    WHERE a.agency_id = mine AND jsonb_typeof(a.changes) = 'object' AND (
      a.kind = 'partners.partner' AND a.object_id = ANY (partner_ids)
      OR a.kind = 'partners.givingunit' AND a.object_id = ANY (units)
      OR a.kind = 'partners.commitment' AND a.object_id = ANY (promises)
    );
  UPDATE agencies_auditentry a SET reason = '' WHERE a.agency_id = mine AND (
    a.kind = 'partners.gift' AND a.verb IN ('assign giver', 'take back giver') AND a.object_id = ANY (gifts)
    OR a.kind = 'partners.reviewitem' AND a.object_id IN (
      SELECT i.id FROM partners_reviewitem i JOIN partners_giftline l ON l.agency_id = mine AND l.id = i.line_id
      WHERE i.agency_id = mine AND l.gift_id = ANY (gifts)
    )
  );
  PERFORM set_config('app.erasing', '', true);
END $$;
GRANT EXECUTE ON FUNCTION erase_partners(bigint[], text[], date) TO PUBLIC;
"""

# A posted batch stands, but for the giver's words in it.
CLOSED_PARTS_BUT_ERASURE = """
CREATE OR REPLACE FUNCTION keep_closed_batch_parts() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND public.is_erasing() AND to_jsonb(OLD) - 'intent' = to_jsonb(NEW) - 'intent' THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT FROM public.partners_batchrow r
      JOIN public.partners_giftbatch b ON b.agency_id = r.agency_id AND b.id = r.batch_id
      WHERE b.state <> 'open' AND (
        TG_OP <> 'INSERT' AND (r.agency_id, r.id) = (OLD.agency_id, OLD.row_id)
        OR TG_OP <> 'DELETE' AND (r.agency_id, r.id) = (NEW.agency_id, NEW.row_id)
      )) THEN
    RAISE EXCEPTION 'the batch is not open: its rows stand' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

# Whoever writes to a partner holds a share of the lock of merges, which an erasure holds whole: what comes later finds
# the partner erased and is refused, whoever wrote it. One look for each statement.
NOTHING_COMES_BACK = """
CREATE OR REPLACE FUNCTION refuse_of_erased() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE found boolean;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('partner merges ' || n.agency_id, 0))
    FROM (SELECT DISTINCT agency_id FROM new_rows) n;
  SELECT EXISTS (SELECT FROM new_rows n JOIN public.partners_partner p
    ON p.agency_id = n.agency_id AND p.id = n.partner_id AND p.erased_at IS NOT NULL) INTO found;
  IF found THEN
    RAISE EXCEPTION 'the partner was erased: % takes nothing of them', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION refuse_of_erased() TO PUBLIC;
"""
REFUSES = """
CREATE TRIGGER nothing_of_the_erased AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_of_erased();
"""
PERSONAL = (
    *("contact", "followup", "holder", "stage", "tagging", "undertaking", "relation"),
    *("emailaddress", "phone", "address", "externalid"),
)
NOTHING_COMES_BACK += "".join(REFUSES.replace("{table}", f"partners_{name}") for name in PERSONAL)
