"""Where links of `./dev` commands lead, and what a first run says meanwhile."""

from pathlib import Path

import pytest

from tools.places import State
from tools.processes import Supervisor
from tools.serve import print_mail_folder
from tools.stack import DEVELOPMENT, Stack, join_running


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


def test_a_command_that_joins_prints_links_to_the_page_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = stack(tmp_path, PORT="8123", DATABASE_URL="postgres://a", REDIS_URL="redis://b")
    running.name_site()
    running.announce()
    for name in ("PORT", "SITE_URL", "DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    joined = join_running(State(tmp_path))
    assert joined is not None
    joined.name_site()
    assert joined.env["SITE_URL"] == "http://localhost:8123"
    monkeypatch.setenv("SITE_URL", "https://given.example")
    joined = join_running(State(tmp_path))
    assert joined is not None
    assert joined.env["SITE_URL"] == "https://given.example"


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({}, True),
        ({"DELIVERY_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}, False),
        ({"DJANGO_SETTINGS_MODULE": "config.settings.production"}, False),
    ],
)
def test_run_says_where_mail_with_links_is_unless_it_is_sent(
    tmp_path: Path, env: dict[str, str], said: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    print_mail_folder(stack(tmp_path, KEPT_MAIL=str(tmp_path / "mail"), **env))
    assert (str(tmp_path / "mail" / "newest.txt") in capsys.readouterr().out) == said
