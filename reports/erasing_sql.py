"""What PostgreSQL lets go of statements of partners who were erased, after the law asks for them no more (ADR 17)."""

# The number, the year and the version stay, so that the numbers of a year have no gap. No country keeps copies for less
# than six full years, so that nothing younger goes whatever a caller says.
END_STATEMENTS = """
CREATE OR REPLACE FUNCTION end_statements(issues bigint[], hash text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint := nullif(current_setting('app.agency_id', true), '')::bigint;
BEGIN
  IF mine IS NULL THEN RAISE EXCEPTION 'no agency is in scope'; END IF;
  IF EXISTS (SELECT FROM unnest(issues) AS i(id) WHERE NOT EXISTS (
    SELECT FROM reports_statementissue s
    JOIN partners_givingunit u ON u.agency_id = mine AND u.id = s.giving_unit_id
    JOIN partners_erasure e ON e.agency_id = mine AND e.partner_id = u.partner_id
    WHERE s.agency_id = mine AND s.id = i.id AND extract(year FROM s.issued_on) + 6 < extract(year FROM current_date)
  )) THEN
    RAISE EXCEPTION 'this statement is still asked for, or is of nobody who was erased'
      USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('app.erasing', 'on', true);
  UPDATE reports_statementissue SET content = '{"lines": [], "credits": []}', content_hash = hash
    WHERE agency_id = mine AND id = ANY (issues);
  PERFORM set_config('app.erasing', '', true);
END $$;
GRANT EXECUTE ON FUNCTION end_statements(bigint[], text) TO PUBLIC;
"""
