"""A backup restores to the same rows and files; whatever is not a whole, honest backup is refused first."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction

from config.provision import connect, provision, run
from core.backups.folder import Folder, digest
from core.backups.programs import environment, program
from core.roles import role_url
from tests.cast import make_agency, person
from tests.database import make_template, point_to

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

# Once dumped and read again, PostgreSQL writes the same list of words with other brackets and casts.
PLAIN = r"regexp_replace({}, '::(text|character varying)(\[\])?|[()]', '', 'g')"
# What keeps one agency from another and the ledger whole: row security, privileges, owners, policies, triggers, keys.
GUARDS = [
    """SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text, relowner::regrole::text FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v') ORDER BY 1""",
    f"""SELECT tablename, policyname, permissive, roles::text, cmd, {PLAIN.format("qual")}, {PLAIN.format("with_check")}
        FROM pg_policies ORDER BY 1, 2""",
    f"SELECT {PLAIN.format('pg_get_triggerdef(oid)')} FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    f"""SELECT conrelid::regclass::text, conname, {PLAIN.format("pg_get_constraintdef(oid)")}
        FROM pg_constraint WHERE conrelid <> 0 ORDER BY 1, 2""",
    """SELECT p.oid::regprocedure::text, prosecdef, pg_get_functiondef(p.oid),
       (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(coalesce(proacl, acldefault('f', proowner))) x)
       FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND proowner = 'yokefellow_owner'::regrole
       ORDER BY 1""",
    "SELECT defaclnamespace, defaclobjtype, defaclacl::text FROM pg_default_acl ORDER BY 1, 2",
]


def url_of(database: str) -> str:
    """The provisioning address of another database of the server that the tests run on."""
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database}"


def manage(database: str, stored: Path, *arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a management command as a person would, on `database` and the stored files in `stored`."""
    addresses = {"DATABASE_URL": url_of(database), "STORED_FILES": str(stored)}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **settings, **addresses, **env},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def source(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database with two agencies, an administrator each; its own, since other tests would see what is committed."""
    name, here = f"test_yokefellow_backup_{os.getpid()}", str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        on_server(
            "CREATE DATABASE {} TEMPLATE {} OWNER yokefellow_owner", name, make_template(os.environ["DATABASE_URL"])
        )
        point_to(name, "web")
        with transaction.atomic():
            make_agency("harbor", person("Alice"))
            make_agency("elsewhere", person("Mallory"))
        point_to(here, "web")
    yield name
    on_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="module")
def made(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup as the command makes it, of that database and two stored files."""
    place = tmp_path_factory.mktemp("backups")
    stored = place / "stored"
    (stored / "statements").mkdir(parents=True)
    (stored / "statements" / "one.pdf").write_bytes(b"%PDF-1.7 one")
    (stored / "two.csv").write_text("a;b\n")
    answer = manage(source, stored, "backup", place)
    assert answer.returncode == 0, answer.stderr
    return Path(answer.stdout.strip())


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(made, tmp_path / "backup"))


@pytest.fixture
def empty() -> Iterator[str]:
    """A provisioned database without tables."""
    name = f"test_yokefellow_restore_{os.getpid()}"
    provision(url_of(name))
    yield name
    on_server("DROP DATABASE {} WITH (FORCE)", name)


def on_server(statement: str, *names: str) -> None:
    with contextlib.closing(connect(os.environ["DATABASE_URL"], "postgres")) as server:
        run(server, statement, *names)


def ask(database: str, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(connect(url_of(database))) as made, made.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def tables_in(database: str) -> int:
    return len(ask(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"))


def forge(backup: Path, **options: str) -> None:
    """Put another dump into a backup and make the manifest's digest fit it, as an honest-looking wrong dump would."""
    folder = Folder(backup)
    manifest = json.loads(folder.manifest.read_text())
    manifest["sha256"]["database.dump"] = digest(folder.dump)
    folder.manifest.write_text(json.dumps({**manifest, **options}))


def test_a_restored_backup_is_the_same_and_keeps_its_guards(source, backup, empty, tmp_path):
    restored = tmp_path / "restored"
    answer = manage(empty, restored, "restore", backup)
    assert answer.returncode == 0, answer.stderr
    assert "2 files, all the same" in answer.stdout
    agencies = "SELECT slug, name FROM agencies_agency ORDER BY slug"
    assert ask(empty, agencies) == ask(source, agencies) != []
    assert (restored / "statements" / "one.pdf").read_bytes() == b"%PDF-1.7 one"
    for guard in GUARDS:
        assert ask(empty, guard) == ask(source, guard) != []
    assert manage(empty, restored, "migrate", "--check").returncode == 0


def test_the_manifest_counts_the_rows_of_every_agency(source, backup):
    manifest = json.loads((backup / "manifest.json").read_text())
    memberships = ask(source, "SELECT count(*) FROM agencies_membership")[0][0]
    assert manifest["tables"]["agencies_membership"]["rows"] == memberships
    assert memberships == 2
    assert len(manifest["tables"]) == tables_in(source)


def test_only_its_owner_may_read_a_backup(made):
    assert {path.stat().st_mode & 0o077 for path in (made, *made.iterdir())} == {0}


def test_a_role_under_row_security_makes_no_backup(source, tmp_path):
    answer = manage(source, tmp_path / "stored", "backup", tmp_path / "backups", DB_ROLE="worker")
    assert answer.returncode == 1
    assert "its dump would be empty" in answer.stderr
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.django_db
def test_a_dump_made_under_row_security_is_refused_with_nothing_written(source, backup, empty, tmp_path):
    parts = urlsplit(role_url(url_of(source), "web"))
    who = {"PGUSER": parts.username or "", "PGPASSWORD": parts.password or "", "PGDATABASE": source}
    dump = [str(program("pg_dump")), "--format=custom", "--enable-row-security", f"--file={backup / 'database.dump'}"]
    made = subprocess.run(dump, env={**environment(), **who}, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr  # that is the danger: it says nothing
    forge(backup)
    answer = manage(empty, tmp_path / "restored", "restore", backup)
    assert answer.returncode == 1
    assert "made under row-level security" in answer.stderr
    assert tables_in(empty) == 0


def test_a_database_with_tables_is_refused(source, backup, tmp_path):
    answer = manage(source, tmp_path / "restored", "restore", backup)
    assert answer.returncode == 1
    assert "The database is not empty" in answer.stderr


def test_a_folder_with_stored_files_is_refused_and_nothing_is_written(backup, empty):
    answer = manage(empty, backup, "restore", backup)
    assert answer.returncode == 1
    assert "is not empty" in answer.stderr
    assert tables_in(empty) == 0


@pytest.mark.parametrize("name", ["database.dump", "files.tar"])
def test_a_damaged_file_is_refused(backup, empty, tmp_path, name):
    content = bytearray((backup / name).read_bytes())
    content[len(content) // 2] ^= 1
    (backup / name).write_bytes(content)
    answer = manage(empty, tmp_path / "restored", "restore", backup)
    assert answer.returncode == 1
    assert f"{name} is not what the manifest says" in answer.stderr


def test_contents_that_differ_after_the_restore_are_named(backup, empty, tmp_path):
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["tables"]["agencies_agency"]["hash"] = "1"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    answer = manage(empty, tmp_path / "restored", "restore", backup)
    assert answer.returncode == 1
    assert "NOT the same as what was backed up: agencies_agency: 2 rows (1) against 2 rows" in answer.stderr


def test_an_unfinished_backup_is_refused(empty, tmp_path):
    answer = manage(empty, tmp_path / "restored", "restore", tmp_path)
    assert answer.returncode == 1
    assert "it is no finished backup" in answer.stderr
