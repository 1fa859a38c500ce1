"""With what each role connects."""

from urllib.parse import urlsplit

import environ
import pytest

from core.roles import connection_options, role_url


@pytest.mark.parametrize(
    ("query", "kept", "options"),
    [
        ("", {}, "-c cursor_tuple_fraction=1"),
        (
            "?sslmode=verify-full&sslrootcert=/ca.pem",
            {"sslmode": "verify-full", "sslrootcert": "/ca.pem"},
            "-c cursor_tuple_fraction=1",
        ),
        ("?options=-c%20work_mem%3D8MB", {}, "-c cursor_tuple_fraction=1 -c work_mem=8MB"),
    ],
    ids=["plain", "checked certificate", "own options"],
)
def test_what_the_address_asks_for_stays(query: str, kept: dict[str, str], options: str) -> None:
    address = role_url(f"postgres://u:p@h:5432/d{query}", "web")
    assert urlsplit(address).username == "yokefellow_web"
    given = environ.Env.db_url_config(address).get("OPTIONS", {})
    named = {"application_name": "yokefellow-web", "options": options}
    assert connection_options("web", given) == {**kept, **named}
