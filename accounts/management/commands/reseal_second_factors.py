"""`./dev manage reseal_second_factors`: after a new key was put first into SECOND_FACTOR_KEYS, before the old one is
dropped.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.operations import reseal_others, reseal_second_factors
from core.errors import Refused


class Command(BaseCommand):
    help = "Seal all second factors, and what signs webhooks, under the first of SECOND_FACTOR_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count, others = reseal_second_factors(), reseal_others()
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{count} second factors and {others} secrets of webhooks are sealed under the first key.")
        self.stdout.write("The other keys can be dropped.")
