#!/usr/bin/env python
"""Django's command line. Each command connects as the database role that its work needs and no other."""

import os
import sys

OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "showmigrations",
    "optimizemigration",
    "squashmigrations",
    "restore",
}
BACKUP_COMMANDS = {"backup"}


def role_for(command: str) -> str:
    """Migrations run as the owner, backups as the one role that may read past row-level security, all else as the
    worker.
    """
    if command in OWNER_COMMANDS:
        return "owner"
    return "backup" if command in BACKUP_COMMANDS else "worker"


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("DB_ROLE", role_for(command))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
