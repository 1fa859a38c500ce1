"""What PostgreSQL's catalog says about row-level security and keys (test 6 of the list).

Compared with what the models declare, so that a table whose migration forgot `Protect()` is found.
"""

import pytest
from django.apps import apps
from django.db import models
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.fields import OwnedKey
from agencies.guard import scope_of
from agencies.policies import CONDITIONS, OWNER, SHARED_OWNER
from agencies.protect import key_column
from alliances.policies import POLICIES as ALLIANCE_POLICIES
from tests.guards.catalog import UNHARMED, rows, tables, with_sabotage

pytestmark = pytest.mark.django_db
# Unique without the scope in front, each for a reason.
UNIQUE_EVERYWHERE = {
    "agencies_agency": "the slug stands in the address before any agency is known",
    "alliances_alliance": "the slug stands in the address before any alliance is known",
}
LEADING = ("agency_id", "alliance_id", SHARED_OWNER)


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
    """The condition as PostgreSQL writes it, asked of a policy that is undone; inside a transaction."""
    cursor.execute("SAVEPOINT ask")
    cursor.execute(f'CREATE POLICY "as written" ON "{table}" FOR SELECT USING ({condition})')
    query = "SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = 'as written'"
    found: str = rows(cursor, query, table)[0][0]
    cursor.execute("ROLLBACK TO ask")
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
    assert with_sabotage(cursor, UNHARMED, faults_of_policies) == []


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
def test_a_changed_policy_is_found(cursor: Cursor, sabotage: str) -> None:
    assert with_sabotage(cursor, sabotage, faults_of_policies) != []


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
def test_a_key_that_leaves_is_found(cursor: Cursor, sabotage: str) -> None:
    assert len(with_sabotage(cursor, sabotage, faults_of_keys)) == 1


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


def test_a_unique_constraint_across_scopes_is_found(cursor: Cursor) -> None:
    sabotage = "CREATE UNIQUE INDEX tells ON partners_emailaddress (norm)"
    assert with_sabotage(cursor, sabotage, faults_of_unique) == ["partners_emailaddress: tells begins with norm"]


# the whole


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
