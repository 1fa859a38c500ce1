"""`./dev manage create_agency --slug … --name … --email …`: an agency, and the link for its first administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from agencies.invitation_links import address_of
from agencies.models import Invitation, Role
from agencies.operations import create_agency, invite
from agencies.scope import fresh
from core.errors import Refused


class Command(BaseCommand):
    """Make an agency and invite its first administrator; the link is mailed, and printed for who runs the server."""

    help = "Make an agency and invite its first administrator. Prints the link of the invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", required=True, help="the address of the agency: small letters, digits, hyphens")
        parser.add_argument("--name", required=True, help="its name")
        parser.add_argument("--email", required=True, help="the e-mail address of the first administrator")
        parser.add_argument("--admin-name", default="", help="the administrator's name; they may change it")
        parser.add_argument("--currency", default="USD", help="base currency, fixed from now on (ISO 4217)")
        parser.add_argument("--time-zone", default="UTC", help="such as America/Chicago")
        parser.add_argument("--country", default="US", help="ISO 3166, two letters")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            invitation = begin(options)
        except (Refused, ValidationError) as refusal:
            text = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
            raise CommandError(f"{text} Nothing was made.") from refusal
        self.stdout.write(
            f"Agency {options['slug']} is made. Its administrator {invitation.email} comes in by this link,"
        )
        self.stdout.write("which works once, for 14 days:")
        self.stdout.write(address_of(invitation))


def begin(options: dict[str, Any]) -> Invitation:
    """The agency and the invitation, both or neither."""
    with fresh(), transaction.atomic():
        agency = create_agency(
            actor=None,
            slug=options["slug"],
            name=options["name"],
            base_currency=options["currency"].upper(),
            time_zone=options["time_zone"],
            country=options["country"].upper(),
        )
        return invite(
            agency=agency,
            actor=None,
            email=options["email"],
            name=options["admin_name"] or options["email"].partition("@")[0],
            roles=[Role.ADMINISTRATOR],
        )
