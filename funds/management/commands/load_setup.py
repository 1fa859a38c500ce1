"""`./dev manage load_setup DIR`: create or update an agency from a folder of spreadsheets, and print its slug."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.errors import Refused
from funds.operations.load import load_setup
from ssu.imports import SetupWrong, read_setup


class Command(BaseCommand):
    help = "Create or update an agency with its strategies, units, workers and designations from a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="holds agency.json and four CSV files; see data/samples/setup")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            setup = read_setup(options["folder"])
            with transaction.atomic():
                agency = load_setup(actor=None, setup=setup)
        except (SetupWrong, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(agency.slug)
