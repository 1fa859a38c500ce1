"""What roles may do: their powers, their grants, and functions that lend them the owner's (test 6 of the list)."""

import pytest
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.policies import OWNER
from core.roles import ROLES, role_name
from tests.database import LENT
from tests.guards.catalog import rows, tables, with_sabotage

pytestmark = pytest.mark.django_db
APPLICATION = tuple(role_name(role) for role in ("web", "worker"))
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
# SECURITY DEFINER: the look-ups before scope (T2a, T2b), triggers that write what nobody else may, and the planner's
# figures, which only an owner may renew. `check_match_is_whole` looks when the transaction ends and nobody is in scope.
DEFINERS = {
    "agency_by_slug": "PUBLIC",
    "memberships_of": "PUBLIC",
    "alliance_by_slug": "PUBLIC",
    "check_match_is_whole": "",  # a trigger alone
    "seats_of": "PUBLIC",
    "agency_ids": role_name("worker"),
    "due_work": role_name("worker"),
    "erase_consent": "PUBLIC",  # of whom an erasure is written down in the agency in scope, and of nobody else
    "erase_partners": "PUBLIC",
    "erase_transition": "PUBLIC",
    "end_statements": "PUBLIC",  # of erased partners, and older than any law asks for
    "delete_demo": "",  # the owner alone
    "figures_after_import": role_name("worker"),
    "find_partners": "PUBLIC",
    "summarize_entries": "PUBLIC",
    "take_back_stages": role_name("worker"),
}


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
def test_a_power_too_many_is_found(cursor: Cursor, sabotage: str) -> None:
    assert len(with_sabotage(cursor, sabotage, faults_of_roles)) == 1


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
def test_a_grant_too_many_is_found(cursor: Cursor, sabotage: str) -> None:
    assert with_sabotage(cursor, sabotage, faults_of_grants) != []


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
def test_a_missing_trigger_is_found(cursor: Cursor, sabotage: str) -> None:
    assert len(with_sabotage(cursor, sabotage, faults_of_triggers)) == 1


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
def test_a_function_too_many_is_found(cursor: Cursor, sabotage: str) -> None:
    assert with_sabotage(cursor, sabotage, faults_of_functions) != []
