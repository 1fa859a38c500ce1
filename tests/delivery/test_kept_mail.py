"""In the demo no mail leaves; those that no page shows are read as files."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from delivery.backend import KeptBackend
from delivery.kept_mail import NEWEST, keep
from delivery.messages import AccountMail, compose
from delivery.models import OutgoingMessage
from tools.places import ROOT
from tools.serve import NEWEST as PRINTED

ASK = "from django.conf import settings; print(settings.KEPT_MAIL, settings.DELIVERY_BACKEND)"
SECRETS = {"SECRET_KEY": "x" * 60, "SECOND_FACTOR_KEYS": "k" * 60, "ALLOWED_HOSTS": "a.example"}


def row(purpose: str, number: int) -> OutgoingMessage:
    return OutgoingMessage(
        pk=number, to="lena@x.example", subject=f"Number {number}: you/are invited", text="Come: /i/a:b/",
        sender="a@x.example", headers={}, purpose=purpose,
    )  # fmt: skip


def sent(tmp_path: Path, settings: Any, *rows: OutgoingMessage) -> list[str]:
    """The files that stand after these messages were sent, by name."""
    settings.KEPT_MAIL = tmp_path / "mail"
    backend = KeptBackend()
    assert backend.send_messages([compose(each, backend) for each in rows]) == len(rows)
    return sorted(file.name for file in settings.KEPT_MAIL.iterdir()) if settings.KEPT_MAIL.exists() else []


def test_account_mail_is_a_file_and_the_newest_has_a_name_of_its_own(tmp_path: Path, settings: Any) -> None:
    purpose = OutgoingMessage.Purpose.ACCOUNT
    files = sent(tmp_path, settings, row(purpose, 1), row(purpose, 2))
    assert [name.partition(" ")[2] for name in files] == [
        "lena@x.example-Number-1-you-are-invited.txt",
        "lena@x.example-Number-2-you-are-invited.txt",
        "",
    ]
    newest = tmp_path / "mail" / NEWEST
    assert newest.read_text() == "To: lena@x.example\nSubject: Number 2: you/are invited\n\nCome: /i/a:b/\n"
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700


def test_what_the_outbox_shows_is_no_file(tmp_path: Path, settings: Any) -> None:
    others = [each for each in OutgoingMessage.Purpose if each != OutgoingMessage.Purpose.ACCOUNT]
    assert sent(tmp_path, settings, *(row(each, number) for number, each in enumerate(others, start=1))) == []


def test_without_a_folder_nothing_is_written(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings.KEPT_MAIL is None
    assert KeptBackend().send_messages([AccountMail("a", "b", None, ["c@x.example"])]) == 1
    assert list(tmp_path.rglob("*")) == []


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    file = keep(EmailMessage("../../x", "", None, ["../y@x.example"]), tmp_path)
    assert file.parent == tmp_path
    assert file.is_file()
    assert (tmp_path / NEWEST).resolve() == file.resolve()


@pytest.mark.parametrize(
    ("module", "says"),
    [
        ("production", "None django.core.mail.backends.smtp.EmailBackend"),
        ("dev", "/some/mail delivery.backend.KeptBackend"),
    ],
)
def test_production_keeps_none_whatever_its_environment_says(module: str, says: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DELIVERY_BACKEND"}
    env |= {**SECRETS, "DJANGO_SETTINGS_MODULE": f"config.settings.{module}", "KEPT_MAIL": "/some/mail"}
    answer = subprocess.run([sys.executable, "-c", ASK], env=env, cwd=ROOT, capture_output=True, text=True)
    assert (answer.stdout.strip(), answer.stderr) == (says, "")


def test_what_run_prints_is_what_is_written() -> None:
    assert PRINTED == NEWEST
