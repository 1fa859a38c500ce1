"""Who is married to whom: neither confirms what the other claims."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import Worker
from ssu.operations.team import public_name


class OwnSpouse(Refused):
    """Two people marry."""

    code = "own_spouse"
    field = "other"
    message = "Choose another person as the spouse."


class MarriedToAnother(Refused):
    """A couple is separated by an act of its own, never by the way."""

    code = "married_to_another"


class OwnCouple(Refused):
    """Nobody lifts by themselves what a married couple may not do."""

    code = "own_couple"
    message = "You are one of the two. Another administrator separates you."


class NotMarried(Refused):
    """Only a couple is separated."""

    code = "not_married"
    message = "These two are no couple here. Load the page again: somebody may have separated them just now."


@transaction.atomic
def marry(*, agency: Agency, actor: User | None, one: Worker, other: Worker) -> None:
    """Say that two people are spouses: neither confirms what the other claims. The same again changes nothing. Raises
    OwnSpouse, MarriedToAnother.
    """
    if one.pk == other.pk:
        raise OwnSpouse
    pair = {each.pk: each for each in held(one, other)}
    if pair[one.pk].spouse_id == other.pk:
        return
    for each in pair.values():
        if each.spouse_id is not None:
            called, to = public_name(each), public_name(Worker.objects.get(pk=each.spouse_id))
            raise MarriedToAnother(f"{called} is written down as the spouse of {to}. Separate these two first.")
    Worker.objects.filter(pk=one.pk).update(spouse=other)
    Worker.objects.filter(pk=other.pk).update(spouse=one)
    audit.record(actor=actor, verb="join spouses", of=one, label=f"{public_name(one)}, {public_name(other)}")


@transaction.atomic
def separate(*, agency: Agency, actor: User | None, one: Worker, other: Worker) -> None:
    """Take back that two people are spouses: from then on one may confirm what the other claims. Raises NotMarried,
    OwnCouple.
    """
    if actor is not None and Worker.objects.filter(pk__in=[one.pk, other.pk], membership__user=actor).exists():
        raise OwnCouple
    if any(each.spouse_id not in (one.pk, other.pk) for each in held(one, other)):
        raise NotMarried
    Worker.objects.filter(pk__in=[one.pk, other.pk]).update(spouse=None)
    audit.record(actor=actor, verb="separate spouses", of=one, label=f"{public_name(one)}, {public_name(other)}")


def held(one: Worker, other: Worker) -> list[Worker]:
    """Both people as they stand now, their rows held in one order: two who act at once wait and never lock up."""
    rows = Worker.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    return list(rows)
