"""What PostgreSQL itself keeps about gifts."""

CHECK_LINES = """
CREATE OR REPLACE FUNCTION check_gift_lines() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE bad bigint;
BEGIN
  SELECT n.gift_id INTO bad
    FROM (
      SELECT agency_id, gift_id, sum(amount) AS amount, count(*) AS lines FROM new_lines GROUP BY agency_id, gift_id
    ) n
    JOIN public.partners_gift g ON g.agency_id = n.agency_id AND g.id = n.gift_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS lines FROM public.partners_giftline l WHERE l.agency_id = n.agency_id AND l.gift_id = n.gift_id
    ) there
    WHERE g.amount <> n.amount OR there.lines <> n.lines LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the lines of gift % do not sum to it, or it has lines already', bad
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION check_gift_lines() TO PUBLIC;
CREATE TRIGGER check_gift_lines AFTER INSERT ON partners_giftline REFERENCING NEW TABLE AS new_lines
  FOR EACH STATEMENT EXECUTE FUNCTION check_gift_lines();
"""

# Planned for the rows of each statement: see PLANNED_EACH_TIME of the ledger.
CHECK_LINES_PLANNED_EACH_TIME = """
CREATE OR REPLACE FUNCTION check_gift_lines() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE bad bigint;
BEGIN
  EXECUTE 'SELECT n.gift_id
    FROM (
      SELECT agency_id, gift_id, sum(amount) AS amount, count(*) AS lines FROM new_lines GROUP BY agency_id, gift_id
    ) n
    JOIN public.partners_gift g ON g.agency_id = n.agency_id AND g.id = n.gift_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS lines FROM public.partners_giftline l WHERE l.agency_id = n.agency_id AND l.gift_id = n.gift_id
    ) there
    WHERE g.amount <> n.amount OR there.lines <> n.lines LIMIT 1' INTO bad;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'the lines of gift % do not sum to it, or it has lines already', bad
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
"""

KEEP_DESIGNATION = """
CREATE OR REPLACE FUNCTION keep_designation() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE assigned bigint;
BEGIN
  SELECT s.designation_id INTO assigned FROM public.partners_suspenseassignment s
    WHERE s.agency_id = OLD.agency_id AND s.line_id = OLD.id AND NOT EXISTS (
      SELECT FROM public.funds_posting r WHERE r.agency_id = s.agency_id AND r.reverses_id = s.posting_id
    );
  IF assigned IS DISTINCT FROM NEW.designation_id OR (OLD.designation_id IS NOT NULL AND (
    assigned IS NOT NULL OR NOT EXISTS (
      SELECT FROM public.partners_suspenseassignment s
      WHERE s.agency_id = OLD.agency_id AND s.line_id = OLD.id AND s.designation_id = OLD.designation_id
    )
  )) THEN
    RAISE EXCEPTION 'line % keeps its designation: only money in suspense is assigned', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION keep_designation() TO PUBLIC;
CREATE TRIGGER keep_designation BEFORE UPDATE ON partners_giftline FOR EACH ROW
  WHEN (OLD.designation_id IS DISTINCT FROM NEW.designation_id) EXECUTE FUNCTION keep_designation();
"""

# Operators such as LIKE are not leakproof, so under row-level security they cannot use an index (up to 250 times
# slower). This function runs as the owner with the agency as an explicit filter, and answers with ids only. It writes
# the words into its statement as quoted literals: the index of trigrams knows nothing of LIKE ALL (array).
NAME_INDEX = """
CREATE INDEX partner_name_trigrams ON partners_partner USING gin (agency_id, search_name gin_trgm_ops);
"""

FIND_PARTNERS = """
CREATE OR REPLACE FUNCTION find_partners(words text[], most integer) RETURNS TABLE (partner_id bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint := nullif(current_setting('app.agency_id', true), '')::bigint;
  named text := (SELECT string_agg(format(' AND p.search_name LIKE %L', lower(word)), '') FROM unnest(words) AS word);
BEGIN
  IF mine IS NULL THEN RAISE EXCEPTION 'no agency is in scope'; END IF;
  RETURN QUERY EXECUTE
    'SELECT p.id FROM public.partners_partner p WHERE p.agency_id = $1' || coalesce(named, '')
    || ' ORDER BY p.sort_name, p.id LIMIT $2' USING mine, most;
END $$;
GRANT EXECUTE ON FUNCTION find_partners(text[], integer) TO PUBLIC;
"""

# Only its owner may ANALYZE a table, and its figures are made anew long after a large import: until then the planner
# takes the agency for one with eight gifts, and a page that counts partners loops for minutes. Tables that the import
# did not make a tenth larger are left to autovacuum. One import after another, in the order of names: no deadlock.
FIGURES_AFTER_IMPORT = """
CREATE OR REPLACE FUNCTION figures_after_import(brought bigint) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE place record;
BEGIN
  FOR place IN SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname ~ '^(funds|partners)_'
      AND c.reltuples < brought * 10 ORDER BY c.relname
  LOOP
    EXECUTE format('ANALYZE public.%I', place.relname);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION figures_after_import(bigint) TO yokefellow_worker;
"""

# A statement line is withdrawn when its import is undone; nothing else of it ever changes (see the grants).
LINES_MAY_BE_WITHDRAWN = """
DROP TRIGGER append_only ON partners_statementline;
"""

# Who gave stays with the gift. Only one that is withdrawn may let go of a partner whom its import made and whom the
# undo takes back: then it stands with the unidentified giver, and keeps the giver's number in `giver_key`.
KEEP_GIVER = """
CREATE OR REPLACE FUNCTION keep_giver() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
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
GRANT EXECUTE ON FUNCTION keep_giver() TO PUBLIC;
CREATE TRIGGER keep_giver BEFORE UPDATE ON partners_gift FOR EACH ROW
  WHEN ((OLD.giving_unit_id, OLD.soft_partner_id) IS DISTINCT FROM (NEW.giving_unit_id, NEW.soft_partner_id))
  EXECUTE FUNCTION keep_giver();
"""

# A batch is posted when its rows come to what was counted, each row has its gift, and its parts sum to it; from then on
# nothing of it changes. A discarded batch takes no rows, and is taken up again as it was.
BATCH_STANDS = """
CREATE OR REPLACE FUNCTION check_posted_batch() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE keyed record;
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state = 'posted' THEN
    RAISE EXCEPTION 'batch % was posted or is kept: it stands', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT count(*) AS rows, coalesce(sum(r.amount), 0) AS total,
    count(*) FILTER (WHERE r.gift_id IS NULL OR r.amount IS DISTINCT FROM p.amount) AS wrong INTO keyed
    FROM public.partners_batchrow r CROSS JOIN LATERAL (
      SELECT sum(amount) AS amount FROM public.partners_batchpart WHERE agency_id = r.agency_id AND row_id = r.id
    ) p WHERE r.agency_id = NEW.agency_id AND r.batch_id = NEW.id AND r.removed_at IS NULL;
  IF (keyed.rows, keyed.total, keyed.wrong) IS DISTINCT FROM (NEW.expected_count::bigint, NEW.expected_total, 0) THEN
    RAISE EXCEPTION 'batch % does not match: % rows, %, % not whole', NEW.id, keyed.rows, keyed.total, keyed.wrong
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION keep_closed_batch_rows() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM public.partners_giftbatch b WHERE b.state <> 'open' AND (
    TG_OP <> 'INSERT' AND (b.agency_id, b.id) = (OLD.agency_id, OLD.batch_id)
    OR TG_OP <> 'DELETE' AND (b.agency_id, b.id) = (NEW.agency_id, NEW.batch_id)
  )) THEN
    RAISE EXCEPTION 'the batch is not open: its rows stand' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION keep_closed_batch_parts() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
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
GRANT EXECUTE ON FUNCTION check_posted_batch(), keep_closed_batch_rows(), keep_closed_batch_parts() TO PUBLIC;
CREATE TRIGGER batch_stands BEFORE UPDATE ON partners_giftbatch
  FOR EACH ROW WHEN (OLD.state = 'posted' OR NEW.state = 'posted') EXECUTE FUNCTION check_posted_batch();
CREATE TRIGGER batch_is_kept BEFORE DELETE ON partners_giftbatch
  FOR EACH ROW EXECUTE FUNCTION check_posted_batch();
CREATE TRIGGER batch_rows_stand BEFORE INSERT OR UPDATE OR DELETE ON partners_batchrow
  FOR EACH ROW EXECUTE FUNCTION keep_closed_batch_rows();
CREATE TRIGGER batch_parts_stand BEFORE INSERT OR UPDATE OR DELETE ON partners_batchpart
  FOR EACH ROW EXECUTE FUNCTION keep_closed_batch_parts();
"""

# When payments of a promise are due, as `Commitment.payment_date` counts them. Short SQL functions: the planner writes
# them into the statement, so that thousands of promises cost no calls.
PAYMENT_DAYS = """
CREATE OR REPLACE FUNCTION months_of(frequency text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE frequency WHEN 'monthly' THEN 1 WHEN 'two_monthly' THEN 2 WHEN 'quarterly' THEN 3
    WHEN 'four_monthly' THEN 4 WHEN 'half_yearly' THEN 6 WHEN 'yearly' THEN 12 WHEN 'two_yearly' THEN 24 END $$;
CREATE OR REPLACE FUNCTION weeks_of(frequency text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE frequency WHEN 'weekly' THEN 1 WHEN 'two_weekly' THEN 2 END $$;
CREATE OR REPLACE FUNCTION payment_day(frequency text, starts_on date, number bigint) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN weeks_of(frequency) IS NOT NULL THEN starts_on + (7 * weeks_of(frequency) * number)::integer
    ELSE (starts_on + make_interval(months => (months_of(frequency) * number)::integer))::date END $$;
CREATE OR REPLACE FUNCTION payments_due(frequency text, starts_on date, day date) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN day < starts_on THEN 0
    WHEN weeks_of(frequency) IS NOT NULL THEN (day - starts_on) / (7 * weeks_of(frequency)) + 1
    ELSE (
      SELECT turn + CASE WHEN payment_day(frequency, starts_on, turn) > day THEN 0 ELSE 1 END FROM (
        SELECT (
          (extract(year FROM day) - extract(year FROM starts_on)) * 12
          + extract(month FROM day) - extract(month FROM starts_on)
        )::bigint / months_of(frequency) AS turn
      ) t
    ) END $$;
GRANT EXECUTE ON FUNCTION months_of(text), weeks_of(text), payment_day(text, date, bigint),
  payments_due(text, date, date) TO PUBLIC;
"""

# The same days without a subquery in each call, which took 7 µs of processor time: whole months between the two, one
# less where the day of the month is not reached, unless the month ends before it.
PAYMENTS_DUE_AT_ONCE = """
CREATE OR REPLACE FUNCTION payments_due(frequency text, starts_on date, day date) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN day < starts_on THEN 0
    WHEN weeks_of(frequency) IS NOT NULL THEN (day - starts_on) / (7 * weeks_of(frequency)) + 1
    ELSE (
      (extract(year FROM day)::integer - extract(year FROM starts_on)::integer) * 12
      + extract(month FROM day)::integer - extract(month FROM starts_on)::integer
      - CASE WHEN extract(day FROM day) < extract(day FROM starts_on) AND extract(day FROM day + 1) > 1
          THEN 1 ELSE 0 END
    ) / months_of(frequency) + 1 END::bigint $$;
"""
