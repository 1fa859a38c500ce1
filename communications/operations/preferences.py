"""What a partner chooses on the preferences page."""

from collections.abc import Collection

from django.db import transaction

from agencies.models import Agency
from communications.models import Basis, Channel, Purpose
from communications.models.consent import LETTERS
from communications.operations.consent import add_entry, follow
from communications.queries.consent import standing_of
from partners.models import Partner

SOURCE = "preferences page"


@transaction.atomic
def choose_purposes(*, agency: Agency, partner: Partner, chosen: Collection[str]) -> None:
    """Consent for what the partner ticked, objection for the rest, by e-mail; what stands already is not repeated.
    Ticking nothing closes the address at once.
    """
    entries = standing_of(partner)
    for purpose in LETTERS:
        basis = Basis.CONSENT if purpose in chosen else Basis.OBJECTION
        entry = entries.get((Channel.EMAIL, purpose))
        if entry is None or entry.basis != basis:
            words = wording(agency, purpose, agreed=basis == Basis.CONSENT)
            add_entry(agency, None, partner, Channel.EMAIL, purpose, basis, words, SOURCE, agency.today())
    follow(None, partner)


def wording(agency: Agency, purpose: str, *, agreed: bool) -> str:
    """What the page said beside the box."""
    said = f"{agency.name} may write to me by e-mail: {Purpose(purpose).label}"
    return said if agreed else f"Not ticked: {said}"
