"""What PostgreSQL itself keeps about matches with the bank."""

# What a batch put into its account: its gifts, and what stands in the place of those that were corrected, as far as it
# is in the batch's currency: what became another currency stands for itself. Goods never come to a bank.
BATCH_COMES_TO = """
CREATE OR REPLACE FUNCTION batch_comes_to(of_agency bigint, of_batch bigint) RETURNS bigint
  LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE heir (id) AS (
    SELECT c.replacement_id FROM public.partners_gift g
    JOIN public.partners_giftcorrection c ON c.agency_id = g.agency_id AND c.gift_id = g.id
    WHERE g.agency_id = of_agency AND g.batch_id = of_batch AND g.withdrawn_at IS NOT NULL
      AND c.replacement_id IS NOT NULL
    UNION
    SELECT c.replacement_id FROM heir
    JOIN public.partners_giftcorrection c ON c.agency_id = of_agency AND c.gift_id = heir.id
    WHERE c.replacement_id IS NOT NULL
  )
  SELECT coalesce(sum(g.amount), 0)::bigint FROM (
    SELECT g.amount FROM public.partners_gift g
    WHERE g.agency_id = of_agency AND g.batch_id = of_batch AND g.withdrawn_at IS NULL AND g.kind <> 'in_kind'
    UNION ALL
    SELECT g.amount FROM heir JOIN public.partners_gift g ON g.agency_id = of_agency AND g.id = heir.id
    JOIN public.partners_giftbatch b ON b.agency_id = of_agency AND b.id = of_batch AND b.currency = g.currency
    WHERE g.withdrawn_at IS NULL AND g.kind <> 'in_kind'
  ) g
$$;
CREATE OR REPLACE FUNCTION batch_behind(of_agency bigint, of_gift bigint) RETURNS bigint
  LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE origin (id, batch_id) AS (
    SELECT g.id, g.batch_id FROM public.partners_gift g WHERE g.agency_id = of_agency AND g.id = of_gift
    UNION
    SELECT g.id, g.batch_id FROM origin
    JOIN public.partners_giftcorrection c ON c.agency_id = of_agency AND c.replacement_id = origin.id
    JOIN public.partners_gift g ON g.agency_id = of_agency AND g.id = c.gift_id
  )
  SELECT max(b.id) FROM origin
  JOIN public.partners_giftbatch b ON b.agency_id = of_agency AND b.id = origin.batch_id
  JOIN public.partners_gift g ON g.agency_id = of_agency AND g.id = of_gift AND g.currency = b.currency
$$;
GRANT EXECUTE ON FUNCTION batch_comes_to(bigint, bigint), batch_behind(bigint, bigint) TO PUBLIC;
"""

# All parts of a match come in one statement. They sum to the line; what they name is of its currency and was posted;
# and all that stands on a batch or a gift lies between nothing and what it comes to.
CHECK_PARTS = """
CREATE OR REPLACE FUNCTION check_match_parts() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE bad bigint;
BEGIN
  SELECT n.match_id INTO bad
    FROM (
      SELECT agency_id, match_id, sum(amount) AS amount, count(*) AS parts FROM new_parts GROUP BY agency_id, match_id
    ) n
    JOIN public.partners_bankmatch m ON m.agency_id = n.agency_id AND m.id = n.match_id
    JOIN public.partners_statementline l ON l.agency_id = m.agency_id AND l.id = m.line_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS parts FROM public.partners_matchpart p
      WHERE p.agency_id = n.agency_id AND p.match_id = n.match_id
    ) there
    WHERE l.amount <> n.amount OR there.parts <> n.parts OR l.withdrawn_at IS NOT NULL OR m.undone_at IS NOT NULL
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the parts of match % do not sum to its line, or it has parts already', bad
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT n.id INTO bad
    FROM new_parts n
    JOIN public.partners_bankmatch m ON m.agency_id = n.agency_id AND m.id = n.match_id
    JOIN public.partners_statementline l ON l.agency_id = m.agency_id AND l.id = m.line_id
    LEFT JOIN public.partners_giftbatch b ON b.agency_id = n.agency_id AND b.id = n.batch_id
    LEFT JOIN public.partners_gift g ON g.agency_id = n.agency_id AND g.id = n.gift_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(p.amount), 0) AS amount FROM public.partners_matchpart p
      JOIN public.partners_bankmatch o ON o.agency_id = p.agency_id AND o.id = p.match_id AND o.undone_at IS NULL
      WHERE p.agency_id = n.agency_id AND (p.batch_id = n.batch_id OR p.gift_id = n.gift_id)
    ) matched
    WHERE (n.batch_id IS NOT NULL AND (
        b.state <> 'posted' OR b.currency <> l.currency
        OR matched.amount NOT BETWEEN 0 AND public.batch_comes_to(n.agency_id, n.batch_id)
      )) OR (n.gift_id IS NOT NULL AND (
        g.currency <> l.currency OR g.withdrawn_at IS NOT NULL OR g.kind = 'in_kind'
        OR matched.amount NOT BETWEEN least(g.amount, 0) AND greatest(g.amount, 0)
        OR public.batch_behind(n.agency_id, n.gift_id) IS NOT NULL
      ))
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'part % matches what was matched before, or what never came to this account', bad
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION check_match_parts() TO PUBLIC;
CREATE TRIGGER check_match_parts AFTER INSERT ON partners_matchpart REFERENCING NEW TABLE AS new_parts
  FOR EACH STATEMENT EXECUTE FUNCTION check_match_parts();
"""

# A match without parts explains nothing. Looked at when the transaction ends, past row-level security, since nobody is
# in scope any more by then.
MATCH_IS_WHOLE = """
CREATE OR REPLACE FUNCTION check_match_is_whole() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gap bigint;
BEGIN
  SELECT l.amount - (
    SELECT coalesce(sum(p.amount), 0) FROM public.partners_matchpart p
    WHERE p.agency_id = NEW.agency_id AND p.match_id = NEW.id
  ) INTO gap FROM public.partners_statementline l WHERE l.agency_id = NEW.agency_id AND l.id = NEW.line_id;
  IF gap IS DISTINCT FROM 0 OR NOT EXISTS (
    SELECT FROM public.partners_matchpart p WHERE p.agency_id = NEW.agency_id AND p.match_id = NEW.id
  ) THEN
    RAISE EXCEPTION 'match % leaves % of its line unexplained', NEW.id, gap USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER match_is_whole AFTER INSERT ON partners_bankmatch DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_match_is_whole();
"""

MATCHES = BATCH_COMES_TO + CHECK_PARTS + MATCH_IS_WHOLE
