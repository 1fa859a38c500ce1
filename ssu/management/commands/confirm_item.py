"""`./dev manage confirm_item --agency … --unit … --item … --by …`: confirm a claim without a browser.

For whoever looks after the server on behalf of a person who cannot reach a page. The person's own rights count, and
every rule of the page: nobody confirms a claim of their own or of their spouse.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.http import Http404

from accounts.models import User
from agencies.access import sit
from agencies.scope import fresh
from agencies.seats import Seat
from core.errors import Refused
from ssu.models import ActionItem, Unit
from ssu.operations import confirm_item


class Command(BaseCommand):
    """Confirm one claimed item in the name of a person."""

    help = "Confirm a claimed action item in the name of a member of the agency who may confirm it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True, help="the address of the agency, such as harbor-light-mission")
        parser.add_argument("--unit", required=True, help="the code of the unit")
        parser.add_argument("--item", required=True, help="the key of the item, such as 4.2")
        parser.add_argument("--by", required=True, help="the e-mail address or sign-in name of who confirms")
        parser.add_argument("--note", default="", help="kept with the confirmation")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with fresh(), transaction.atomic():
                item = confirm(**{name: options[name] for name in ("agency", "unit", "item", "by", "note")})
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"{item.key} of {item.unit.public_name} is confirmed.")


def confirm(*, agency: str, unit: str, item: str, by: str, note: str) -> ActionItem:
    """Confirm as the person would on the page. Raises CommandError for what is not there or not theirs, and what
    `ssu.operations.confirm_item` refuses.
    """
    seat = seated(by.strip().casefold(), agency)
    found = Unit.objects.seen_by(seat).filter(code=unit).first()
    if found is None:
        raise CommandError(f"There is no unit with the code {unit} here.")
    if found.is_withheld or not seat.can("rollout.confirm", found.pk):
        raise CommandError(f"{by} may not confirm items of this unit.")
    row = ActionItem.objects.filter(unit=found.pk, key=item).first()
    if row is None:
        raise CommandError(f"This unit has no item {item}. The eleven are 1.1 to 6.2.")
    return confirm_item(agency=seat.agency, actor=seat.membership.user, item=row, note=note)


def seated(sign_in: str, agency: str) -> Seat:
    """The seat of a person in an agency; one refusal for every reason, as at the door of the pages."""
    try:
        return sit(User.objects.get(Q(email=sign_in) | Q(sign_in_name=sign_in)), agency)
    except (User.DoesNotExist, Http404) as missing:
        raise CommandError(f"{sign_in} does not work in an agency of this address.") from missing
