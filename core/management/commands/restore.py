from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import backups
from core.errors import Refused


class Command(BaseCommand):
    """Restore a backup into an empty database."""

    help = "Restore the backup in FOLDER into an empty, provisioned database and prove that it is the same."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = backups.restore(source=folder)
        except (Refused, OSError) as reason:
            raise CommandError(str(reason)) from None
        rows = sum(figures["rows"] for figures in manifest["tables"].values())
        tables, files, made_at = len(manifest["tables"]), manifest["files"], manifest["made_at"]
        self.stdout.write(
            f"Restored the backup of {made_at}: {tables} tables, {rows} rows, {files} files, all the same."
        )
