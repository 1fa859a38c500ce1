"""Make the database roles and one database's privileges: `python -m config.provision` (also `./dev provision`). Safe
to repeat.

Trust rule T4: no application role owns a table, may TRUNCATE, is a superuser or bypasses row-level security. Only the
backup role bypasses it, to read; where the provisioning role may not grant that, the backup role is skipped with a
warning.
"""

import os
import sys
from urllib.parse import unquote, urlsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection

from core.roles import ROLES, role_name, role_password

APPLICATION_ROLES = ("web", "worker")
EXTENSIONS = ("pg_trgm", "btree_gist", "btree_gin", "unaccent")
TIMEOUTS: dict[str, dict[str, str]] = {
    "owner": {"lock_timeout": "5s", "statement_timeout": "0"},
    "web": {"lock_timeout": "5s", "statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s"},
    "worker": {"lock_timeout": "30s", "statement_timeout": "15min", "idle_in_transaction_session_timeout": "15min"},
    "readonly": {"lock_timeout": "5s", "statement_timeout": "60s", "idle_in_transaction_session_timeout": "60s"},
    "backup": {"lock_timeout": "30s", "statement_timeout": "0"},
}


def connect(url: str, database: str | None = None) -> connection:
    """Connect to `url`, optionally to another database of the same server, with every statement its own transaction."""
    parts = urlsplit(url)
    host, _, rest = parts.netloc.rpartition("@")[2].partition(":")
    name = parts.path.lstrip("/")
    if not host and "/" in name:  # postgres://user@//socket/dir/name
        host, name = "/" + name.rpartition("/")[0], name.rpartition("/")[2]
    made = psycopg2.connect(
        host=unquote(host) or None,
        port=rest or None,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or "") or None,
        dbname=database or name,
        application_name="yokefellow-provision",
    )
    made.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    return made


def database_name(url: str) -> str:
    """The name of the database in an address."""
    return urlsplit(url).path.rpartition("/")[2]


def ask(conn: connection, query: str, *values: object) -> object:
    """The first value of the first row, or None."""
    with conn.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else None


def run(conn: connection, statement: str, *names: str) -> None:
    """Run one statement with `{}` replaced by quoted identifiers."""
    with conn.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def is_superuser(conn: connection) -> bool:
    """Whether the provisioning role may grant everything."""
    return bool(ask(conn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))


def make_role(conn: connection, role: str, password: str) -> None:
    """Create or renew one login role with its password and timeouts; never a superuser."""
    name = role_name(role)
    powers = "BYPASSRLS" if role == "backup" else ""
    if is_superuser(conn):
        powers = "NOSUPERUSER CREATEDB" if role == "owner" else f"NOSUPERUSER NOCREATEDB {powers or 'NOBYPASSRLS'}"
    exists = ask(conn, "SELECT 1 FROM pg_roles WHERE rolname = %s", name)
    run(conn, f"{'ALTER' if exists else 'CREATE'} ROLE {{}} LOGIN {powers}", name)
    if password:
        with conn.cursor() as cursor:
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(name)), [password])
    for setting, value in TIMEOUTS[role].items():
        with conn.cursor() as cursor:
            cursor.execute(
                sql.SQL("ALTER ROLE {} SET {} = %s").format(sql.Identifier(name), sql.Identifier(setting)), [value]
            )


def make_roles(conn: connection, url: str) -> list[str]:
    """Create all roles; return the warnings, in sentences."""
    secret = unquote(urlsplit(url).password or "")
    warnings = []
    for role in ROLES:
        if role == "backup" and not is_superuser(conn):
            warnings.append("The backup role was skipped: only a superuser can let it read past row-level security.")
            continue
        make_role(conn, role, role_password(secret, role))
    if not is_superuser(conn):
        run(conn, "GRANT {} TO CURRENT_USER", role_name("owner"))
    return warnings


def make_database(conn: connection, name: str) -> None:
    """Create the database `name`, owned by the owner role, when it is not there."""
    if not ask(conn, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        run(conn, "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'", name, role_name("owner"))
    run(conn, "ALTER DATABASE {} OWNER TO {}", name, role_name("owner"))


def grant(conn: connection) -> None:
    """Privileges inside the connected database: tables made by the owner are usable by the application roles,
    readable by the others.
    """
    owner = role_name("owner")
    run(conn, "ALTER SCHEMA public OWNER TO {}", owner)
    run(conn, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    for extension in EXTENSIONS:
        run(conn, "CREATE EXTENSION IF NOT EXISTS {}", extension)
    run(conn, "ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC", owner)
    for role in ROLES[1:]:
        name = role_name(role)
        if not ask(conn, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
            continue
        verbs = "SELECT, INSERT, UPDATE, DELETE" if role in APPLICATION_ROLES else "SELECT"
        run(conn, "GRANT USAGE ON SCHEMA public TO {}", name)
        run(
            conn,
            f"ALTER DEFAULT PRIVILEGES FOR ROLE {{}} IN SCHEMA public GRANT {verbs} ON TABLES TO {{}}",
            owner,
            name,
        )
        usage = "USAGE, SELECT" if role in APPLICATION_ROLES else "SELECT"
        run(
            conn,
            f"ALTER DEFAULT PRIVILEGES FOR ROLE {{}} IN SCHEMA public GRANT {usage} ON SEQUENCES TO {{}}",
            owner,
            name,
        )


def provision(url: str, database: str | None = None) -> list[str]:
    """Make roles and one database ready; return warnings. `database` defaults to the one in the address."""
    name = database or database_name(url)
    server = connect(url, "postgres")
    try:
        warnings = make_roles(server, url)
        make_database(server, name)
    finally:
        server.close()
    inside = connect(url, name)
    try:
        grant(inside)
    finally:
        inside.close()
    return warnings


def main() -> int:
    url = os.environ.get("DATABASE_URL")
    if not url:
        print("Set DATABASE_URL to the address of a role that may create roles.", file=sys.stderr)
        return 2
    for warning in provision(url):
        print(f"warning: {warning}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
