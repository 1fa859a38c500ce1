"""What PostgreSQL's catalog says about row-level security, grants, keys, triggers and functions (test 6 of the list).

Compared with what the models declare, so that a table whose migration forgot `Protect()` is found.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.fields import OwnedKey
from agencies.guard import scope_of
from agencies.policies import CONDITIONS, OWNER, SHARED_OWNER
from agencies.protect import key_column
from alliances.policies import POLICIES as ALLIANCE_POLICIES
from core.roles import ROLES, role_name
from tests.database import LENT
from tests.factories.rows import provisioner, scoped_models

pytestmark = pytest.mark.django_db
APPLICATION = tuple(role_name(role) for role in ("web", "worker"))
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
# Unique without the scope in front, each for a reason.
UNIQUE_EVERYWHERE = {
    "agencies_agency": "the slug stands in the address before any agency is known",
    "alliances_alliance": "the slug stands in the address before any alliance is known",
}
LEADING = ("agency_id", "alliance_id", SHARED_OWNER)
# SECURITY DEFINER: the look-ups before scope (T2a, T2b), triggers that write what nobody else may, and the planner's
# figures, which only an owner may renew.
DEFINERS = {
    "agency_by_slug": "PUBLIC",
    "memberships_of": "PUBLIC",
    "alliance_by_slug": "PUBLIC",
    "seats_of": "PUBLIC",
    "agency_ids": role_name("worker"),
    "due_work": role_name("worker"),
    "delete_demo": "",  # the owner alone
    "figures_after_import": role_name("worker"),
    "find_partners": "PUBLIC",
    "summarize_entries": "PUBLIC",
}


@pytest.fixture
def cursor() -> Iterator[Cursor]:
    with provisioner() as made:
        made.execute("SET search_path = public")
        yield made


def rows(cursor: Cursor, query: str, *values: Any) -> list[tuple[Any, ...]]:
    cursor.execute(query, values)
    return list(cursor.fetchall())


def tables() -> dict[str, type[models.Model]]:
    """The scoped tables with their models."""
    return {model._meta.db_table: model for model in scoped_models()}


# policies


def policies_of(cursor: Cursor) -> dict[str, dict[str, tuple[str, str, str | None, str | None]]]:
    """table → name → (verb, roles, filter, check), the conditions as PostgreSQL writes them."""
    found: dict[str, dict[str, tuple[str, str, str | None, str | None]]] = {}
    query = (
        "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
    )
    for table, name, verb, roles, using, check in rows(cursor, query):
        found.setdefault(table, {})[name] = (verb, roles, using, check)
    return found


def expected_policies(model: type[models.Model]) -> dict[str, tuple[str, str]]:
    """name → (verb, condition as the generator writes it) for everybody."""
    name = model._meta.model_name or ""
    if model._meta.app_label == "alliances":
        return {policy: (verb, condition) for policy, verb, condition in ALLIANCE_POLICIES[name]}
    if model._meta.label == "agencies.Agency":
        return {"scope": ("ALL", "id = current_agency()")}
    return {"scope": ("ALL", CONDITIONS[scope_of(model)])}


def normal(cursor: Cursor, table: str, condition: str) -> str:
    """The condition as PostgreSQL writes it, asked of a policy that is undone."""
    cursor.execute("BEGIN")
    cursor.execute(f'CREATE POLICY "as written" ON "{table}" FOR SELECT USING ({condition})')
    query = "SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = 'as written'"
    found: str = rows(cursor, query, table)[0][0]
    cursor.execute("ROLLBACK")
    return found


def faults_of_policies(cursor: Cursor) -> list[str]:
    """Where policies, or FORCE, are not what the model's scope asks for."""
    faults, found = [], policies_of(cursor)
    query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
    forced = {row[0] for row in rows(cursor, query)}
    for table, model in tables().items():
        if table not in forced:
            faults.append(f"{table}: row-level security is not on, or not forced")
        wanted = {
            name: (verb, "{public}", *both(cursor, table, verb, text))
            for name, (verb, text) in expected_policies(model).items()
        }
        wanted["owner"] = ("ALL", f"{{{OWNER}}}", "true", "true")
        if found.get(table, {}) != wanted:
            faults.append(f"{table}: has {found.get(table)}, should have {wanted}")
    return faults


def both(cursor: Cursor, table: str, verb: str, condition: str) -> tuple[str | None, str | None]:
    """Filter and check of one policy."""
    text = normal(cursor, table, condition)
    return (None if verb == "INSERT" else text, None if verb in ("SELECT", "DELETE") else text)


def test_every_table_has_the_policies_of_its_scope(cursor: Cursor) -> None:
    assert faults_of_policies(cursor) == []


def test_nothing_else_has_policies(cursor: Cursor) -> None:
    assert set(policies_of(cursor)) == set(tables())


@pytest.mark.parametrize(
    "sabotage",
    [
        "ALTER TABLE ssu_unit NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE ssu_unit DISABLE ROW LEVEL SECURITY",
        "DROP POLICY scope ON ssu_unit",
        "CREATE POLICY wide ON ssu_unit USING (true)",
        "ALTER POLICY scope ON ssu_unit USING (true)",
        "ALTER POLICY scope ON jobs_job WITH CHECK (true)",
    ],
)
def test_a_changed_policy_is_found(cursor: Cursor, sabotage: str, monkeypatch: Any) -> None:
    assert with_sabotage(cursor, sabotage, faults_of_policies, monkeypatch) != []


def with_sabotage(cursor: Cursor, sabotage: str, look: Any, monkeypatch: Any) -> Any:
    """What `look` finds after the change, which is undone."""
    cursor.execute("BEGIN")
    cursor.execute(sabotage)
    cached = {}

    def remembered(cursor: Cursor, table: str, condition: str) -> str:
        """As `normal`, inside of the transaction."""
        key = (table, condition)
        if key not in cached:
            cursor.execute("SAVEPOINT ask")
            cursor.execute(f'CREATE POLICY "as written" ON "{table}" FOR SELECT USING ({condition})')
            query = "SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = 'as written'"
            cached[key] = rows(cursor, query, table)[0][0]
            cursor.execute("ROLLBACK TO ask")
        return cached[key]

    monkeypatch.setitem(globals(), "normal", remembered)
    try:
        return look(cursor)
    finally:
        cursor.execute("ROLLBACK")


# keys


def faults_of_keys(cursor: Cursor) -> list[str]:
    """Foreign keys between scoped tables that could leave their scope, and missing ones."""
    faults, there = [], foreign_keys(cursor)
    for table, model in tables().items():
        for field in model._meta.local_fields:
            if isinstance(field, OwnedKey):
                other = field.related_model
                key = (table, (key_column(model), field.column), other._meta.db_table, (key_column(other), "id"))
                faults += [] if key in there else [f"{table}.{field.column}: no composite foreign key"]
    for table, columns, to, _ in there:
        if {table, to} <= set(tables()) and len(columns) == 1 and columns[0] not in ("agency_id", "alliance_id"):
            faults.append(f"{table}.{columns[0]}: a plain foreign key inside a scope")
    return sorted(faults)


def foreign_keys(cursor: Cursor) -> set[tuple[str, tuple[str, ...], str, tuple[str, ...]]]:
    """(table, columns, table pointed to, its columns) of every foreign key."""
    query = """
      SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
        (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k(num, n)
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
        (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY k(num, n)
           JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num)
      FROM pg_constraint c WHERE c.contype = 'f' AND c.convalidated"""
    return {(table, tuple(columns), to, tuple(keys)) for table, to, columns, keys in rows(cursor, query)}


def test_no_foreign_key_can_leave_its_scope(cursor: Cursor) -> None:
    assert faults_of_keys(cursor) == []


@pytest.mark.parametrize(
    "sabotage",
    [
        "ALTER TABLE ssu_unit DROP CONSTRAINT ssu_unit_strategy_id_in_scope",
        "ALTER TABLE ssu_unit ADD FOREIGN KEY (strategy_id) REFERENCES ssu_strategy (id)",
        "ALTER TABLE jobs_storedfile DROP CONSTRAINT jobs_storedfile_job_id_in_scope",
        "ALTER TABLE imports_importrun DROP CONSTRAINT imports_importrun_stored_file_id_in_scope",
        "ALTER TABLE jobs_joblog ADD FOREIGN KEY (job_id) REFERENCES jobs_job (id)",
        "ALTER TABLE reports_statementfile ADD FOREIGN KEY (stored_id) REFERENCES jobs_storedfile (id)",
    ],
)
def test_a_key_that_leaves_is_found(cursor: Cursor, sabotage: str, monkeypatch: Any) -> None:
    assert len(with_sabotage(cursor, sabotage, faults_of_keys, monkeypatch)) == 1


def faults_of_unique(cursor: Cursor) -> list[str]:
    """Unique constraints and indexes that tell one scope what another holds."""
    query = """
      SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text,
        (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0])
      FROM pg_index i WHERE i.indisunique AND NOT i.indisprimary"""
    faults = []
    for table, index, first in rows(cursor, query):
        if table in tables() and first not in LEADING and table not in UNIQUE_EVERYWHERE:
            faults.append(f"{table}: {index} begins with {first}")
    return faults


def test_unique_constraints_begin_with_the_scope(cursor: Cursor) -> None:
    assert faults_of_unique(cursor) == []


def test_a_unique_constraint_across_scopes_is_found(cursor: Cursor, monkeypatch: Any) -> None:
    sabotage = "CREATE UNIQUE INDEX tells ON partners_emailaddress (norm)"
    assert with_sabotage(cursor, sabotage, faults_of_unique, monkeypatch) == [
        "partners_emailaddress: tells begins with norm"
    ]


# roles, grants, triggers


def faults_of_roles(cursor: Cursor) -> list[str]:
    """Powers that a role of ours has and should not have (trust rule T4)."""
    faults = []
    query = (
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = ANY(%s)"
    )
    for name, superuser, bypasses, creates, replicates in rows(cursor, query, [role_name(role) for role in ROLES]):
        if superuser or creates or replicates or (bypasses and name != role_name("backup")):
            faults.append(f"{name} is more than it needs to be")
    owners = """
      SELECT c.relname, r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"""
    faults += [
        f"{table} belongs to {owner}"
        for table, owner in rows(cursor, owners)
        if owner != OWNER and owner.startswith("yokefellow")
    ]
    members = """
      SELECT m.rolname, r.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
      JOIN pg_roles r ON r.oid = a.roleid WHERE m.rolname = ANY(%s)"""
    faults += [
        f"{member} may act as {role}" for member, role in rows(cursor, members, [role_name(role) for role in ROLES])
    ]
    return faults


def test_roles_have_no_power_they_do_not_need(cursor: Cursor) -> None:
    assert faults_of_roles(cursor) == []


@pytest.mark.parametrize(
    "sabotage",
    [
        "ALTER ROLE yokefellow_web BYPASSRLS",
        "ALTER ROLE yokefellow_worker SUPERUSER",
        "ALTER TABLE ssu_unit OWNER TO yokefellow_web",
        "GRANT yokefellow_owner TO yokefellow_web",
    ],
)
def test_a_power_too_many_is_found(cursor: Cursor, sabotage: str, monkeypatch: Any) -> None:
    assert len(with_sabotage(cursor, sabotage, faults_of_roles, monkeypatch)) == 1


def granted(cursor: Cursor) -> dict[tuple[str, str], set[str]]:
    """(role, table) → what it may do with it, on the whole table."""
    query = """
      SELECT r.rolname, c.relname, v.verb FROM pg_class c, pg_roles r, unnest(%s) v(verb)
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND r.rolname = ANY(%s)
        AND has_table_privilege(r.oid, c.oid, v.verb)"""
    found: dict[tuple[str, str], set[str]] = {}
    for role, table, verb in rows(cursor, query, ["SELECT", *WRITES], [role_name(role) for role in ROLES]):
        found.setdefault((role, table), set()).add(verb)
    return found


def faults_of_grants(cursor: Cursor) -> list[str]:
    """Rights over tables beyond what the role is for."""
    faults, found = [], granted(cursor)
    for (role, table), verbs in found.items():
        if role in APPLICATION and "TRUNCATE" in verbs:
            faults.append(f"{role} may truncate {table}")
        if role in (role_name("readonly"), role_name("backup")) and verbs - {"SELECT"}:
            faults.append(f"{role} may write {table}")
    for table, model in tables().items():
        if getattr(model, "append_only", False):
            faults += [
                f"{role} may change {table}, which is append-only"
                for role in APPLICATION
                if found.get((role, table), set()) & {"UPDATE", "DELETE"}
            ]
    return faults


def test_grants_are_as_narrow_as_the_roles(cursor: Cursor) -> None:
    assert faults_of_grants(cursor) == []


@pytest.mark.parametrize(
    "sabotage",
    [
        "GRANT TRUNCATE ON ssu_unit TO yokefellow_web",
        "GRANT INSERT ON ssu_unit TO yokefellow_readonly",
        "GRANT UPDATE ON funds_entry TO yokefellow_worker",
        "GRANT DELETE ON agencies_auditentry TO PUBLIC",
    ],
)
def test_a_grant_too_many_is_found(cursor: Cursor, sabotage: str, monkeypatch: Any) -> None:
    assert with_sabotage(cursor, sabotage, faults_of_grants, monkeypatch) != []


def faults_of_triggers(cursor: Cursor) -> list[str]:
    """Append-only tables without the trigger that refuses the owner too, and tables that have it unannounced."""
    query = """
      SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE p.proname = 'refuse_change' AND t.tgenabled = 'O' AND t.tgtype & 1 = 0 AND t.tgtype & 2 = 2
        AND t.tgtype & 8 = 8 AND t.tgtype & 16 = 16 AND t.tgtype & 32 = 32"""
    there = {row[0] for row in rows(cursor, query)}
    wanted = {table for table, model in tables().items() if getattr(model, "append_only", False)}
    return sorted(f"{table}: append-only in the model or in the database alone" for table in there ^ wanted)


def test_append_only_tables_refuse_change(cursor: Cursor) -> None:
    assert faults_of_triggers(cursor) == []


@pytest.mark.parametrize(
    "sabotage",
    ["DROP TRIGGER append_only ON funds_entry", "ALTER TABLE funds_entry DISABLE TRIGGER append_only"],
)
def test_a_missing_trigger_is_found(cursor: Cursor, sabotage: str, monkeypatch: Any) -> None:
    assert len(with_sabotage(cursor, sabotage, faults_of_triggers, monkeypatch)) == 1


# functions


def faults_of_functions(cursor: Cursor) -> list[str]:
    """Functions that run with their owner's rights: only the listed ones, for the stated roles, with a fixed path."""
    query = """
      SELECT p.proname, coalesce(array_to_string(p.proconfig, ';'), ''), r.rolname,
        ARRAY(SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
              FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
              WHERE a.privilege_type = 'EXECUTE' AND a.grantee <> p.proowner)
      FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
      WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""
    faults, lent = [], {function.partition("(")[0] for function in LENT}
    for name, config, owner, callers in rows(cursor, query):
        if name in lent:
            callers.remove(role_name("web"))
        if callers != [caller for caller in [DEFINERS.get(name, "nobody")] if caller]:
            faults.append(f"{name} may be called by {', '.join(callers)}")
        if not config.startswith("search_path=pg_catalog, public") or owner != OWNER:
            faults.append(f"{name} runs as {owner} with {config or 'the path of its caller'}")
    return faults


def test_functions_with_the_owners_rights_are_the_listed_ones(cursor: Cursor) -> None:
    assert faults_of_functions(cursor) == []


@pytest.mark.parametrize(
    "sabotage",
    [
        "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "ALTER FUNCTION memberships_of(bigint) RESET search_path",
        "GRANT EXECUTE ON FUNCTION agency_ids() TO PUBLIC",
        "GRANT EXECUTE ON FUNCTION delete_demo() TO yokefellow_worker",
    ],
)
def test_a_function_too_many_is_found(cursor: Cursor, sabotage: str, monkeypatch: Any) -> None:
    assert with_sabotage(cursor, sabotage, faults_of_functions, monkeypatch) != []


def test_there_are_no_views_that_could_see_past_the_policies(cursor: Cursor) -> None:
    query = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'p')"
    assert rows(cursor, query) == []


def test_every_table_of_ours_is_known_to_the_models(cursor: Cursor) -> None:
    """A table that no model tells about would be walked by none of these tests."""
    there = {
        row[0]
        for row in rows(
            cursor, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
    }
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert there - known == {"django_migrations"}
    assert known - there == set()
