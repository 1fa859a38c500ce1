"""Acts that need two people, refused to the first of them and to the spouse."""

from accounts.models import User
from agencies.models.written import Written
from core.errors import Refused
from ssu.queries.second_person import is_another_person


class SpouseActed(Refused):
    """A married couple counts as one person."""

    code = "spouse_acted"
    message = (
        "This needs two people, and a married couple counts as one: your spouse did the first part. "
        "Somebody outside the family does the second."
    )


def need_another_person(
    actor: User, *others: int | None, own: type[Refused], spouse: type[Refused] = SpouseActed
) -> None:
    """Raise `own` when the actor is one of these people, `spouse` when married to one of them. Two queries."""
    if actor.pk in others:
        raise own
    if not is_another_person(actor.pk, *others):
        raise spouse


def need_no_author(actor: User, row: Written, *, own: type[Refused]) -> None:
    """The one rule of everything that is approved: raise `own` when the actor wrote any of it, SpouseActed when married
    to somebody who did. Two queries.
    """
    need_another_person(actor, *row.authors, own=own)
