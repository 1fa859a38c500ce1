"""The rules of an alliance that PostgreSQL keeps itself, for every role and whatever the program does."""

KEEP_VALUES = """
CREATE OR REPLACE FUNCTION alliances_only_member_writes() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_member() IS NULL THEN
    RAISE EXCEPTION 'only the member itself writes its values' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION alliances_keep_values() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE report record; was record;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    SELECT state INTO was FROM alliances_submission WHERE alliance_id = OLD.alliance_id AND id = OLD.submission_id;
    IF was.state IS DISTINCT FROM 'draft' THEN
      RAISE EXCEPTION 'a value that was handed in cannot be changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  END IF;
  SELECT state, member_id INTO report FROM alliances_submission
    WHERE alliance_id = NEW.alliance_id AND id = NEW.submission_id;
  IF report.state IS DISTINCT FROM 'draft' OR report.member_id IS DISTINCT FROM NEW.member_id THEN
    RAISE EXCEPTION 'a value belongs to a draft of the same member' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION alliances_only_member_writes(), alliances_keep_values() TO PUBLIC;
CREATE TRIGGER only_member_writes BEFORE INSERT OR UPDATE OR DELETE ON alliances_observation
  FOR EACH STATEMENT EXECUTE FUNCTION alliances_only_member_writes();
CREATE TRIGGER keep_values BEFORE INSERT OR UPDATE OR DELETE ON alliances_observation
  FOR EACH ROW EXECUTE FUNCTION alliances_keep_values();
"""

KEEP_SUBMISSIONS = """
CREATE OR REPLACE FUNCTION alliances_keep_submission() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  owner bigint;
  review CONSTANT text[] := ARRAY['state', 'reviewed_by_id', 'reviewed_at', 'review_note'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state = 'draft' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a report that was approved or handed in stays' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT member_id INTO owner FROM alliances_obligation WHERE alliance_id = NEW.alliance_id AND id =
    NEW.obligation_id;
    IF NEW.state <> 'draft' OR owner IS DISTINCT FROM NEW.member_id THEN
      RAISE EXCEPTION 'a report begins as a draft of the member that owes it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.id, OLD.alliance_id, OLD.obligation_id, OLD.member_id, OLD.revision)
     IS DISTINCT FROM (NEW.id, NEW.alliance_id, NEW.obligation_id, NEW.member_id, NEW.revision) THEN
    RAISE EXCEPTION 'a report cannot be moved' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state IN ('draft', 'approved') AND current_member() = OLD.member_id
     AND (OLD.state, NEW.state) IN
       (('draft', 'draft'), ('draft', 'approved'), ('approved', 'draft'), ('approved', 'submitted')) THEN
    RETURN NEW;
  END IF;
  IF OLD.state = 'submitted' AND NEW.state IN ('accepted', 'returned') AND current_member() IS NULL
     AND (to_jsonb(OLD) - review) = (to_jsonb(NEW) - review) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a report cannot go from % to % here', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
END $$;
GRANT EXECUTE ON FUNCTION alliances_keep_submission() TO PUBLIC;
CREATE TRIGGER keep_submission BEFORE INSERT OR UPDATE OR DELETE ON alliances_submission
  FOR EACH ROW EXECUTE FUNCTION alliances_keep_submission();
"""

# What is no draft changes only along its states; a state change sets its own columns, each once.
# Arguments: the states in order, the columns that a state change sets, and from which state a draft may be taken up.
KEEP_ADOPTED = """
CREATE OR REPLACE FUNCTION alliances_keep_adopted() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE states text[] := TG_ARGV[0]::text[]; free text[] := TG_ARGV[1]::text[]; again text := TG_ARGV[2];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state = 'draft' THEN RETURN OLD; END IF;
    RAISE EXCEPTION '% % stays: it is %', TG_TABLE_NAME, OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = 'draft' THEN RETURN NEW; END IF;
  IF (to_jsonb(OLD) - free) IS DISTINCT FROM (to_jsonb(NEW) - free)
     OR (OLD.state = NEW.state AND OLD IS DISTINCT FROM NEW)
     OR NOT to_jsonb(NEW) @> (jsonb_strip_nulls(to_jsonb(OLD)) - 'state') THEN
    RAISE EXCEPTION '% % cannot be changed: it is %', TG_TABLE_NAME, OLD.id, OLD.state USING ERRCODE =
    'restrict_violation';
  END IF;
  IF array_position(states, NEW.state::text) < array_position(states, OLD.state::text)
     AND NOT (OLD.state = again AND NEW.state = 'draft') THEN
    RAISE EXCEPTION '% % cannot go back to %', TG_TABLE_NAME, OLD.id, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION alliances_keep_adopted() TO PUBLIC;
CREATE TRIGGER keep_adopted BEFORE UPDATE OR DELETE ON alliances_agreement FOR EACH ROW EXECUTE FUNCTION
  alliances_keep_adopted('{draft,offered,adopted,superseded}', '{state,adopted_at,superseded_at}', 'none');
CREATE TRIGGER keep_adopted BEFORE UPDATE OR DELETE ON alliances_agendaversion FOR EACH ROW EXECUTE FUNCTION
  alliances_keep_adopted('{draft,consultation,adopted,superseded}',
                         '{state,consulted_at,adopted_at,adopted_by_id,superseded_at}', 'consultation');
CREATE TRIGGER keep_adopted BEFORE UPDATE OR DELETE ON alliances_indicatorversion FOR EACH ROW EXECUTE FUNCTION
  alliances_keep_adopted('{draft,adopted,superseded}', '{state,superseded_at}', 'none');
"""

KEEP_ITEMS = """
CREATE OR REPLACE FUNCTION alliances_keep_items() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM alliances_agendaversion v WHERE v.state <> 'draft'
    AND ((TG_OP <> 'INSERT' AND v.id = OLD.version_id) OR (TG_OP <> 'DELETE' AND v.id = NEW.version_id))
  ) THEN
    RAISE EXCEPTION 'the items of an agenda can be changed only while it is a draft' USING ERRCODE =
    'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
GRANT EXECUTE ON FUNCTION alliances_keep_items() TO PUBLIC;
CREATE TRIGGER keep_items BEFORE INSERT OR UPDATE OR DELETE ON alliances_agendaitem
  FOR EACH ROW EXECUTE FUNCTION alliances_keep_items();
"""

KEEP_CONSENTS = """
CREATE OR REPLACE FUNCTION alliances_keep_consent() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE revoking CONSTANT text[] := ARRAY['revoked_at', 'revoked_by_id'];
BEGIN
  IF OLD.revoked_at IS NOT NULL OR (to_jsonb(OLD) - revoking) IS DISTINCT FROM (to_jsonb(NEW) - revoking) THEN
    RAISE EXCEPTION 'a consent can only be revoked, once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION alliances_keep_consent() TO PUBLIC;
CREATE TRIGGER keep_consent BEFORE UPDATE ON alliances_consent FOR EACH ROW EXECUTE FUNCTION alliances_keep_consent();
"""

# The first line stands at position 1, which is unique: so lines cannot be added to a publication later.
LINES_ADD_UP = """
ALTER TABLE alliances_publication ADD CONSTRAINT publication_matches_its_hash
  CHECK (sha256 = encode(sha256(document), 'hex'));
CREATE OR REPLACE FUNCTION alliances_lines_add_up() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE bad bigint;
BEGIN
  SELECT publication_id INTO bad FROM new_lines GROUP BY publication_id HAVING
    sum(CASE kind WHEN 'gross' THEN value WHEN 'overlap' THEN -value WHEN 'net' THEN -value ELSE 0 END) <> 0
    OR count(*) FILTER (WHERE kind = 'gross') <> 1 OR count(*) FILTER (WHERE kind = 'net') <> 1
    OR min(position) <> 1 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the lines of publication % do not add up', bad USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION alliances_lines_add_up() TO PUBLIC;
CREATE TRIGGER lines_add_up AFTER INSERT ON alliances_publicationline REFERENCING NEW TABLE AS new_lines
  FOR EACH STATEMENT EXECUTE FUNCTION alliances_lines_add_up();
"""

RULES = (KEEP_VALUES, KEEP_SUBMISSIONS, KEEP_ADOPTED, KEEP_ITEMS, KEEP_CONSENTS, LINES_ADD_UP)
