"""Where links of `./dev` commands lead, and what a first run says meanwhile."""

from pathlib import Path

import pytest

from tools.places import State
from tools.processes import Supervisor
from tools.stack import DEVELOPMENT, Stack


def stack(tmp_path: Path, **env: str) -> Stack:
    return Stack(State(tmp_path), {"DJANGO_SETTINGS_MODULE": DEVELOPMENT, **env}, Supervisor(), owns_database=True)


@pytest.mark.parametrize(
    ("env", "site"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "8123"}, "http://localhost:8123"),
        ({"PORT": "8123", "SITE_URL": "https://given.example"}, "https://given.example"),
        ({"PORT": "8123", "DJANGO_SETTINGS_MODULE": "config.settings.production"}, None),
    ],
)
def test_links_name_the_port_unless_told_otherwise(tmp_path: Path, env: dict[str, str], site: str | None) -> None:
    made = stack(tmp_path, **env)
    made.name_site()
    assert made.env.get("SITE_URL") == site


def test_the_long_steps_say_what_they_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    made = stack(tmp_path)
    monkeypatch.setattr(made, "call", lambda *arguments, role=None: None)
    made.provision()
    made.migrate()
    assert capsys.readouterr().err.splitlines() == ["· making the database's roles", "· making the tables"]
