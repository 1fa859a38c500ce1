"""What PostgreSQL does for finding a caller: names without regard to case and accents, past row-level security."""

# Letters that Unicode does not take apart are named one by one; what is left of the others loses its marks: accents of
# Latin, Greek and Cyrillic letters, points of Hebrew, vowel signs of Arabic. The rest is put together again, so that
# Hangul and kana stand as they were. Both what is stored and what is asked go through it.
FOLDED = r"""
CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT normalize(pg_catalog.regexp_replace(
    normalize(
      pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
        pg_catalog.translate(pg_catalog.lower(words), 'øłđðı’ʼ', 'olddi'''''), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
      NFD),
    '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0655\u0670]', '', 'g'), NFC)
$$;
GRANT EXECUTE ON FUNCTION folded(text) TO PUBLIC;
"""

FOLDED_INDEX = """
CREATE INDEX partner_folded_trigrams ON partners_partner
  USING gin (agency_id, folded(name || ' ' || roman_name) gin_trgm_ops);
DROP INDEX partner_name_trigrams;
"""
NAME_INDEX_AGAIN = """
CREATE INDEX partner_name_trigrams ON partners_partner USING gin (agency_id, search_name gin_trgm_ops);
DROP INDEX partner_folded_trigrams;
"""

# As before: by the name of either of two that were merged the one that stands is found, and the words are written into
# the statement as literals, since the index of trigrams knows nothing of LIKE ALL (array).
FIND_PARTNERS = """
CREATE OR REPLACE FUNCTION find_partners(words text[], most integer) RETURNS TABLE (partner_id bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint := nullif(current_setting('app.agency_id', true), '')::bigint;
  named text := (
    SELECT string_agg(format(' AND folded(p.name || '' '' || p.roman_name) LIKE %L', folded(word)), '')
    FROM unnest(words) AS word
  );
BEGIN
  IF mine IS NULL THEN RAISE EXCEPTION 'no agency is in scope'; END IF;
  RETURN QUERY EXECUTE
    'SELECT coalesce(p.merged_into_id, p.id) FROM public.partners_partner p WHERE p.agency_id = $1'
    || coalesce(named, '') || ' ORDER BY p.sort_name, p.id LIMIT $2' USING mine, most;
END $$;
"""
