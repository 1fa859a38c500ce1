"""`./dev manage load_setup DIR`: create or update an agency from a folder of spreadsheets, and print its slug."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from funds.operations.load import load_setup
from ssu.imports import read_setup
from ssu.setup_problems import SetupWrong


class Command(BaseCommand):
    help = "Create or update an agency with its strategies, units, workers and designations from a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="holds agency.json and four CSV files; see data/samples/setup")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agency = load_setup(actor=None, setup=read_setup(options["folder"]))
        except SetupWrong as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(agency.slug)
