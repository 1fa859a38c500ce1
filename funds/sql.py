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
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
