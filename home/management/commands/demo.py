"""`./dev manage demo [--reset] [--if-empty] [--sign-ins]`: the demo agencies and alliance."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home import demo


class Command(BaseCommand):
    help = "Build the demo, rebuild it, or print who can sign in to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="delete the demo's agencies first, and only those")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when any agency exists")
        parser.add_argument("--sign-ins", action="store_true", help="print who can sign in, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_SIGN_INS:
            raise CommandError(
                "The demo's sign-ins are known to everybody: it is built under development settings only."
            )
        if not options["sign_ins"]:
            self.make(reset=options["reset"], if_empty=options["if_empty"])
        if not options["verbosity"] or not demo.is_built():
            return
        self.stdout.write(f"Sign in with the password “{demo.PASSWORD}” as:")
        for email, role in demo.sign_ins():
            self.stdout.write(f"  {email:34} {role}")

    def make(self, *, reset: bool, if_empty: bool) -> None:
        """Build the demo unless something is there already."""
        if reset:
            demo.reset()
        if if_empty and not demo.is_empty():
            return
        if demo.is_built():
            raise CommandError("The demo is here already. --reset takes it away and builds it again.")
        demo.build()
