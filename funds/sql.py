"""The ledger's rules that PostgreSQL keeps itself (trust rule T7). Statement triggers: measured at 1.2 times bare
inserts, row triggers at 3.7.
"""

CHECK_ENTRIES = """
CREATE OR REPLACE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE bad bigint;
BEGIN
  SELECT posting_id INTO bad FROM new_entries GROUP BY posting_id, currency HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entries of posting % do not sum to zero', bad USING ERRCODE = 'check_violation';
  END IF;
  SELECT mine.posting_id INTO bad
    FROM (SELECT agency_id, posting_id, count(*) AS entries FROM new_entries GROUP BY agency_id, posting_id) mine
    CROSS JOIN LATERAL (
      SELECT count(*) AS entries FROM public.funds_entry e
      WHERE e.agency_id = mine.agency_id AND e.posting_id = mine.posting_id
    ) there
    WHERE there.entries <> mine.entries LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'posting % has its entries already', bad USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION check_entries() TO PUBLIC;
CREATE TRIGGER check_entries AFTER INSERT ON funds_entry REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION check_entries();
"""

SUMMARIZE_ENTRIES = """
CREATE OR REPLACE FUNCTION summarize_entries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.funds_accountmonth AS m (agency_id, account_id, month, kind, currency, debit, credit, entries)
  SELECT n.agency_id, n.account_id, date_trunc('month', p.date::timestamp)::date, coalesce(r.kind, p.kind), n.currency,
         sum(greatest(n.amount, 0)), sum(least(n.amount, 0)), count(*)
    FROM new_entries n JOIN public.funds_posting p ON p.agency_id = n.agency_id AND p.id = n.posting_id
    LEFT JOIN public.funds_posting r ON r.agency_id = p.agency_id AND r.id = p.reverses_id
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (agency_id, account_id, month, kind, currency) DO UPDATE
    SET debit = m.debit + excluded.debit, credit = m.credit + excluded.credit, entries = m.entries + excluded.entries;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION summarize_entries() TO PUBLIC;
CREATE TRIGGER summarize_entries AFTER INSERT ON funds_entry REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_entries();
"""

# The postings of new entries are new: between the lowest and the highest of them lie few others, and the join reads
# these instead of the whole table. A reversal is rare, so that its kind is looked up where there is one.
SUMMARIZE_BY_RANGE = """
CREATE OR REPLACE FUNCTION summarize_entries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE lowest bigint; highest bigint;
BEGIN
  SELECT min(posting_id), max(posting_id) INTO lowest, highest FROM new_entries;
  INSERT INTO public.funds_accountmonth AS m (agency_id, account_id, month, kind, currency, debit, credit, entries)
  SELECT n.agency_id, n.account_id, date_trunc('month', p.date::timestamp)::date,
         CASE WHEN p.reverses_id IS NULL THEN p.kind ELSE (
           SELECT r.kind FROM public.funds_posting r WHERE r.agency_id = p.agency_id AND r.id = p.reverses_id
         ) END, n.currency, sum(greatest(n.amount, 0)), sum(least(n.amount, 0)), count(*)
    FROM new_entries n JOIN public.funds_posting p ON p.agency_id = n.agency_id AND p.id = n.posting_id
    WHERE p.id BETWEEN lowest AND highest
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (agency_id, account_id, month, kind, currency) DO UPDATE
    SET debit = m.debit + excluded.debit, credit = m.credit + excluded.credit, entries = m.entries + excluded.entries;
  RETURN NULL;
END $$;
"""

# Half of each page stays free, so that a sum grows beside its old version and no index learns of it. CLUSTER writes the
# table anew in this form; figures of one account then lie together.
ROOM_TO_GROW = """
ALTER TABLE funds_accountmonth SET (fillfactor = 50);
CLUSTER funds_accountmonth USING one_row_per_account_month;
"""

# PL/pgSQL keeps the plan of a statement for the rest of the connection. One that was made for the three entries of a
# small file reads the whole table once for each posting of a large one (measured: 33 s where 5 do). These are planned
# for the rows of each statement.
PLANNED_EACH_TIME = """
CREATE OR REPLACE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE bad bigint;
BEGIN
  SELECT posting_id INTO bad FROM new_entries GROUP BY posting_id, currency HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entries of posting % do not sum to zero', bad USING ERRCODE = 'check_violation';
  END IF;
  EXECUTE 'SELECT mine.posting_id
    FROM (SELECT agency_id, posting_id, count(*) AS entries FROM new_entries GROUP BY agency_id, posting_id) mine
    CROSS JOIN LATERAL (
      SELECT count(*) AS entries FROM public.funds_entry e
      WHERE e.agency_id = mine.agency_id AND e.posting_id = mine.posting_id
    ) there
    WHERE there.entries <> mine.entries LIMIT 1' INTO bad;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'posting % has its entries already', bad USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION summarize_entries() SET plan_cache_mode = force_custom_plan;
CREATE OR REPLACE FUNCTION hold_designations() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  EXECUTE 'SELECT FROM public.funds_designation d WHERE (d.agency_id, d.id) IN (
    SELECT a.agency_id, a.designation_id FROM public.funds_account a
    WHERE (a.agency_id, a.id) IN (SELECT DISTINCT n.agency_id, n.account_id FROM new_entries n)
  ) ORDER BY d.id FOR KEY SHARE';
  RETURN NULL;
END $$;
"""

# A posting holds a share of its designations until it is committed (its foreign keys are looked at only then), and who
# changes a designation takes the whole of it: one of the two waits, and the look at the entries comes after.
KEEP_WHAT_WAS_GIVEN = """
CREATE OR REPLACE FUNCTION hold_designations() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM 1 FROM public.funds_designation d WHERE (d.agency_id, d.id) IN (
    SELECT a.agency_id, a.designation_id FROM public.funds_account a
    WHERE (a.agency_id, a.id) IN (SELECT n.agency_id, n.account_id FROM new_entries n)
  ) ORDER BY d.id FOR KEY SHARE;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION hold_designations() TO PUBLIC;
CREATE TRIGGER hold_designations AFTER INSERT ON funds_entry REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION hold_designations();
CREATE OR REPLACE FUNCTION keep_what_was_given() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM 1 FROM public.funds_designation d WHERE d.agency_id = OLD.agency_id AND d.id = OLD.id FOR UPDATE;
  IF EXISTS (
    SELECT FROM public.funds_entry e JOIN public.funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id
    WHERE a.agency_id = OLD.agency_id AND a.designation_id = OLD.id
  ) THEN
    RAISE EXCEPTION 'designation % has postings: its kind, unit and worker stay', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION keep_what_was_given() TO PUBLIC;
CREATE TRIGGER keep_what_was_given BEFORE UPDATE ON funds_designation FOR EACH ROW
  WHEN ((OLD.kind, OLD.unit_id, OLD.worker_id) IS DISTINCT FROM (NEW.kind, NEW.unit_id, NEW.worker_id))
  EXECUTE FUNCTION keep_what_was_given();
CREATE TRIGGER account_keeps_its_designation BEFORE UPDATE ON funds_account FOR EACH ROW
  WHEN (OLD.designation_id IS DISTINCT FROM NEW.designation_id) EXECUTE FUNCTION refuse_change();
"""

# Whoever posts holds a share of the agency's lock until the commit, whoever closes months the whole of it: so no
# posting slips into a month while it is being closed.
CLOSED_MONTHS = """
CREATE OR REPLACE FUNCTION keep_months_closed() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE late record;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('funds months ' || n.agency_id, 0))
    FROM (SELECT DISTINCT agency_id FROM new_postings) n;
  SELECT n.id, n.date, c.open_from INTO late FROM (
      SELECT agency_id, min(date) AS date, min(id) AS id FROM new_postings GROUP BY agency_id
    ) n CROSS JOIN LATERAL (
      SELECT p.open_from FROM public.funds_periodclose p WHERE p.agency_id = n.agency_id ORDER BY p.id DESC LIMIT 1
    ) c WHERE n.date < c.open_from LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the ledger takes postings from % on, not of %', late.open_from, late.date
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION keep_months_closed() TO PUBLIC;
CREATE TRIGGER keep_months_closed AFTER INSERT ON funds_posting REFERENCING NEW TABLE AS new_postings
  FOR EACH STATEMENT EXECUTE FUNCTION keep_months_closed();
"""

KEEP_ACCOUNT_CURRENCY = """
CREATE TRIGGER account_keeps_its_currency BEFORE UPDATE ON funds_account FOR EACH ROW
  WHEN (OLD.currency IS DISTINCT FROM NEW.currency OR OLD.kind IS DISTINCT FROM NEW.kind)
  EXECUTE FUNCTION refuse_change();
"""
