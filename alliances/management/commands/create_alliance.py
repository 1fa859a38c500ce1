"""`./dev manage create_alliance --slug … --name … --backbone … --email …`:
an alliance, and the link for its coordinator.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from agencies.lookups import agency_by_slug
from agencies.scope import fresh
from alliances.invitation_links import address_of
from alliances.models import SeatInvitation
from alliances.operations import create_alliance, invite_person
from core.errors import Refused


class Command(BaseCommand):
    """Begin an alliance and invite its first coordinator; the link is mailed, and printed for who runs the server."""

    help = "Begin an alliance and invite its first coordinator. Prints the link of the invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", required=True, help="the address of the alliance: small letters, digits, hyphens")
        parser.add_argument("--name", required=True, help="its name")
        parser.add_argument("--backbone", required=True, help="the organization that coordinates")
        parser.add_argument("--backbone-agency", default="", help="its slug, where it is an agency of this system")
        parser.add_argument("--email", required=True, help="the e-mail address of the first coordinator")
        parser.add_argument("--coordinator", default="", help="the coordinator's name; they may change it")
        parser.add_argument("--time-zone", default="UTC", help="such as America/Chicago")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            invitation = begin(options)
        except (Refused, ValidationError) as refusal:
            text = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
            raise CommandError(f"{text} Nothing was made.") from refusal
        self.stdout.write(
            f"Alliance {options['slug']} is begun. Its coordinator {invitation.email} comes in by this link,"
        )
        self.stdout.write("which works once, for 14 days:")
        self.stdout.write(address_of(invitation))


def begin(options: dict[str, Any]) -> SeatInvitation:
    """The alliance and the invitation, both or neither."""
    with fresh(), transaction.atomic():
        alliance = create_alliance(
            actor=None,
            slug=options["slug"],
            name=options["name"],
            backbone=options["backbone"],
            backbone_agency_id=agency_id(options["backbone_agency"]),
            time_zone=options["time_zone"],
        )
        return invite_person(
            alliance=alliance,
            actor=None,
            member=None,
            email=options["email"],
            name=options["coordinator"] or options["email"].partition("@")[0],
            capacities=("may_coordinate",),
        )


def agency_id(slug: str) -> int | None:
    """The agency of a slug; none given is none."""
    if not slug:
        return None
    found = agency_by_slug(slug)
    if found is None:
        raise CommandError(f"There is no agency “{slug}”. Nothing was made.")
    return found
