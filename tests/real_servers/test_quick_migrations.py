"""Development and tests migrate quickly, a live installation Django's way: both make the same database."""

import contextlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.provision import connect, provision, run
from tests.real_servers.commands import manage

pytestmark = pytest.mark.services
FACTS = {
    "columns": """
        SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default, collation_name,
          character_maximum_length, is_identity, generation_expression
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policies": "SELECT * FROM pg_policies",
    "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    " AND prokind = 'f'",
    "grants": "SELECT table_name, grantee, privilege_type FROM information_schema.table_privileges"
    " WHERE table_schema = 'public'",
    "relations": "SELECT relname, relkind, relrowsecurity, relforcerowsecurity, reloptions::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace",
    "migrations": "SELECT app, name FROM django_migrations",
    "content types": "SELECT app_label, model FROM django_content_type",
}


@pytest.fixture
def databases() -> Iterator[dict[str, str]]:
    """Two provisioned databases without tables, by the value of QUICK_MIGRATIONS."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    names = {quick: f"test_yokefellow_quick_{quick}_{os.getpid()}" for quick in ("on", "off")}
    for name in names.values():
        provision(f"{server}/{name}")
    yield {quick: f"{server}/{name}" for quick, name in names.items()}
    with contextlib.closing(connect(os.environ["DATABASE_URL"], "postgres")) as made:
        for name in names.values():
            run(made, "DROP DATABASE {} WITH (FORCE)", name)


def facts(url: str) -> dict[str, list[str]]:
    """What PostgreSQL's catalog says of this database."""
    with contextlib.closing(connect(url)) as made, made.cursor() as cursor:
        found = {}
        for name, question in FACTS.items():
            cursor.execute(question)
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def migrate(made: tuple[str, str]) -> None:
    quick, url = made
    manage(url, "migrate", "-v0", DB_ROLE="owner", QUICK_MIGRATIONS=quick)


def test_both_ways_make_the_same_database(databases):
    with ThreadPoolExecutor() as both:
        list(both.map(migrate, databases.items()))
    on, off = facts(databases["on"]), facts(databases["off"])
    assert all(off.values())
    for name in FACTS:
        assert on[name] == off[name], name
