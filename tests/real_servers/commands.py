"""Commands of an installation, run as a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def manage(database_url: str, *arguments: object, **env: str) -> str:
    """What a command says that works on this database; anything but success fails the test."""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATABASE_URL": database_url}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    answer = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **env}, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()
