from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from core import backups
from core.errors import Refused


class Command(BaseCommand):
    """Back up the database and the stored files."""

    help = "Write a backup into a new folder below PLACE: database, stored files, and what to check them against."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("place", type=Path)

    def handle(self, *args: Any, place: Path, **options: Any) -> None:
        try:
            made = backups.make(place=place)
        except (Refused, OSError) as reason:
            raise CommandError(str(reason)) from None
        except OperationalError as reason:
            raise CommandError(f"{reason}Provision as a superuser, who alone can make the backup role.") from None
        self.stdout.write(str(made))
