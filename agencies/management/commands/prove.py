"""`./dev manage prove [NAME] [--agency SLUG] [--json]`: show that what the pages say is what the rows say."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies import proofs
from agencies.lookups import agency_by_slug, agency_ids
from agencies.models import Agency
from agencies.scope import of_agency


class Command(BaseCommand):
    help = "Run the proofs that apps registered; exit 1 and name each difference when one does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", choices=proofs.names(), help="one proof; all without it")
        parser.add_argument("--agency", help="the slug of one agency; all without it")
        parser.add_argument("--json", action="store_true", help="print a list of objects")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [finding for pk in chosen(options["agency"]) for finding in prove_agency(pk, options["name"])]
        if options["json"]:
            self.stdout.write(json.dumps([{**asdict(f), "holds": f.holds} for f in findings], indent=1))
        else:
            said = [line for finding in findings for line in lines(finding)]
            self.stdout.write("\n".join(said) or "No agency to prove.")
        if not all(finding.holds for finding in findings):
            raise SystemExit(1)


def chosen(slug: str | None) -> list[int]:
    """The agencies to prove. Raises CommandError for an unknown slug."""
    if slug is None:
        return agency_ids()
    found = agency_by_slug(slug)
    if found is None:
        raise CommandError(f"There is no agency {slug!r}.")
    return [found]


def prove_agency(agency_id: int, name: str | None) -> list[proofs.Finding]:
    """Run proofs in one agency's scope, in one transaction, so that all see the same rows."""
    with transaction.atomic(), of_agency(agency_id):
        return proofs.prove(Agency.objects.get(pk=agency_id), name)


def lines(finding: proofs.Finding) -> list[str]:
    """A finding in words."""
    counted = ", ".join(f"{count:,} {what}" for what, count in finding.compared.items())
    word = "holds" if finding.holds else f"{len(finding.differences)} differences"
    return [f"{finding.agency} {finding.proof}: {word} ({counted})", *(f"  {text}" for text in finding.differences)]
