"""The one generator of row-level security: every policy, composite key and grant in the database is written here
(trust rules T2–T4).

Kinds of table: `agency` (a row of one agency), `alliance` (a row of one alliance), `shared` (machinery such as jobs
and the outbox: a row of an agency, of an alliance, or of nobody). The owner role, which only runs migrations and the
look-ups before scope, has a policy of its own, since FORCE would show it nothing.
"""

from core.roles import role_name

OWNER = role_name("owner")
APPLICATION = (role_name("web"), role_name("worker"))

EACH_STATEMENT = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"

FUNCTIONS = """
CREATE OR REPLACE FUNCTION current_agency() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.agency_id', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION current_alliance() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.alliance_id', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION current_member() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.member_id', true), '')::bigint $$;
GRANT EXECUTE ON FUNCTION current_agency(), current_alliance(), current_member() TO PUBLIC;
"""

CONDITIONS = {
    "agency": "agency_id = current_agency()",
    "alliance": "alliance_id = current_alliance()",
    "shared": (
        "(agency_id = current_agency() OR (agency_id IS NULL AND current_agency() IS NULL)) AND "
        "(alliance_id = current_alliance() OR (alliance_id IS NULL AND current_alliance() IS NULL))"
    ),
}


def policy(table: str, name: str, condition: str, *, verb: str = "ALL", role: str = "PUBLIC") -> list[str]:
    """One policy, replacing the one of the same name. INSERT takes only a check, SELECT and DELETE only a filter."""
    using = "" if verb == "INSERT" else f" USING ({condition})"
    check = "" if verb in {"SELECT", "DELETE"} else f" WITH CHECK ({condition})"
    return [
        f'DROP POLICY IF EXISTS "{name}" ON "{table}"',
        f'CREATE POLICY "{name}" ON "{table}" FOR {verb} TO {role}{using}{check}',
    ]


def secure(table: str, condition: str) -> list[str]:
    """Row-level security with FORCE, the scope's policy for everybody, and the owner's own."""
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        *policy(table, "scope", condition),
        *policy(table, "owner", "true", role=OWNER),
    ]


def append_only(table: str) -> list[str]:
    """No UPDATE, DELETE or TRUNCATE: the application roles lack the right, and a statement trigger refuses everybody,
    the owner too.
    """
    roles = ", ".join(APPLICATION)
    return [
        f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {roles}',
        f'DROP TRIGGER IF EXISTS append_only ON "{table}"',
        f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" {EACH_STATEMENT}',
    ]


def read_only(table: str) -> list[str]:
    """A table that only the database's own triggers write."""
    return [f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{table}" FROM {", ".join(APPLICATION)}']


def frozen(table: str, *columns: str) -> list[str]:
    """A row once written stays as it is, these columns aside."""
    roles, free = ", ".join(APPLICATION), ", ".join(f'"{column}"' for column in columns)
    return [
        f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {roles}',
        f'GRANT UPDATE ({free}) ON "{table}" TO {roles}',
    ]


def written_once(table: str, *columns: str) -> list[str]:
    """What was written into one of these columns stays: whoever withdrew, answered or agreed, and when."""
    names = ", ".join(f"'{column}'" for column in columns)
    function = f"EXECUTE FUNCTION refuse_rewriting({names})"
    return [
        f'DROP TRIGGER IF EXISTS written_once ON "{table}"',
        f'CREATE TRIGGER written_once BEFORE UPDATE ON "{table}" FOR EACH ROW {function}',
    ]


REFUSE_REWRITING = """
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY TG_ARGV LOOP
    IF coalesce(to_jsonb(OLD) ->> name, '') <> '' AND to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name THEN
      RAISE EXCEPTION '% of % is written once', name, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION refuse_rewriting() TO PUBLIC;
"""

REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
GRANT EXECUTE ON FUNCTION refuse_change() TO PUBLIC;
"""


def key_name(table: str) -> str:
    """The name of the unique key (scope, id) that composite foreign keys point to."""
    return f"{table}_scope_key"[:63]


def scope_key(table: str, column: str) -> list[str]:
    """UNIQUE (scope column, id): what makes a foreign key inside one scope possible."""
    return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{key_name(table)}" UNIQUE ("{column}", "id")']


SHARED_OWNER = "scope_owner"
"""The column of a shared table that tells its owner in one number: the agency's id, the alliance's id below zero, or
0 for nobody. It is never NULL, so that a composite foreign key always looks at it.
"""


def shared_owner(table: str) -> list[str]:
    """The owner of a shared row in one generated column; a row has one owner at most."""
    number = "GENERATED ALWAYS AS (coalesce(agency_id, -alliance_id, 0)) STORED"
    owner = f'ADD COLUMN "{SHARED_OWNER}" bigint NOT NULL {number}'
    one = f'ADD CONSTRAINT "{owner_check_name(table)}" CHECK (agency_id IS NULL OR alliance_id IS NULL)'
    return [f'ALTER TABLE "{table}" {owner}, {one}']


def owner_check_name(table: str) -> str:
    """The name of the check that stands where the owner's column stands."""
    return f"{table}_one_owner"[:63]


def foreign_key_name(table: str, column: str) -> str:
    return f"{table}_{column}_in_scope"[-63:]


def foreign_key(table: str, column: str, to: str, scope_column: str, to_scope_column: str) -> list[str]:
    """A foreign key that cannot leave its scope: PostgreSQL checks it past row-level security, so the scope is part
    of the key (T3).
    """
    key = f'FOREIGN KEY ("{scope_column}", "{column}") REFERENCES "{to}" ("{to_scope_column}", "id")'
    name = foreign_key_name(table, column)
    return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {key} DEFERRABLE INITIALLY DEFERRED']
