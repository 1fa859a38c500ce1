"""The database roles and their addresses, derived from the provisioning address. No connection is made here.

Every process connects as the one role its work needs (trust rule T4). The provisioning address, `DATABASE_URL`,
belongs to an administrator of the database; the web process of a real installation is given `WEB_DATABASE_URL` and
never sees it.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

PREFIX = "yokefellow_"
ROLES = ("owner", "web", "worker", "readonly", "backup")


def role_name(role: str) -> str:
    """The PostgreSQL role behind a short role name: `web` is `yokefellow_web`."""
    return PREFIX + role


def role_password(provisioning_password: str, role: str) -> str:
    """The password of a derived role: a keyed hash, so it needs no storage. Empty where the provisioning role has
    none.
    """
    if not provisioning_password:
        return ""
    return hmac.new(provisioning_password.encode(), role_name(role).encode(), hashlib.sha256).hexdigest()


def role_url(provisioning_url: str, role: str) -> str:
    """The address under which `role` connects to the same server and database as `provisioning_url`."""
    parts = urlsplit(provisioning_url)
    password = role_password(unquote(parts.password or ""), role)
    user = role_name(role) + (f":{quote(password, safe='')}" if password else "")
    host = parts.netloc.rpartition("@")[2]
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{user}@{host}{parts.path}{query}"


def connection_options(role: str, given: Mapping[str, str]) -> dict[str, str]:
    """What a connection of `role` is opened with. What its address asks for (`sslmode` and the like) stays, and so do
    its own `options`, behind ours.

    Whoever opens a cursor here reads it to its end: PostgreSQL plans for all rows, not for the first tenth.
    """
    options = f"-c cursor_tuple_fraction=1 {given.get('options', '')}".strip()
    return {**given, "application_name": f"yokefellow-{role}", "options": options}


def database_url(role: str) -> str:
    """The address for `role` from the environment: `WEB_DATABASE_URL` and the like when given, else derived from
    `DATABASE_URL`.
    """
    given = os.environ.get(f"{role.upper()}_DATABASE_URL")
    if given:
        return given
    try:
        return role_url(os.environ["DATABASE_URL"], role)
    except KeyError:
        raise SystemExit(f"Set DATABASE_URL or {role.upper()}_DATABASE_URL; ./dev does so for you.") from None
