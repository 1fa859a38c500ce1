"""Erasing a partner for good (ADR 17): whose personal data go, and what the law asks for stays without a name."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.utils import OperationalError
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.operations.apply import one_at_a_time
from partners import erasing
from partners.erasing import Hold, Marks
from partners.models import Erasure, GivingUnit, Partner
from partners.models.erasure import ERASED_NAME
from partners.models.partner import WORDS
from partners.operations.erased import ErasedAlready
from partners.operations.erasing_own import erase_own, erase_told
from partners.operations.erasing_rows import erase_rows
from partners.operations.merge_lock import PartnersBusy, hold_merges
from partners.operations.merging import MergedAlready
from partners.operations.telling import tell_changed
from partners.queries.erasing import holds_of, marks_of, records_of


class StandsInTheWay(Refused):
    """Something must be settled first; `holds` names all of it, with the pages."""

    code = "stands_in_the_way"

    def __init__(self, holds: Sequence[Hold]) -> None:
        self.holds = list(holds)
        super().__init__(" ".join(hold.message for hold in holds))


class GroundMissing(Refused):
    """Somebody else asks later why."""

    code = "ground_missing"
    field = "words"
    message = "Say in a few words why, without the name of the person."


@transaction.atomic
def erase_partner(*, agency: Agency, actor: User, partner: Partner, ground: str, words: str = "") -> list[Erasure]:
    """The personal data of a partner, and of the records that were merged into it, go for good, in one act. Gifts and
    their sums stay, beside "Erased partner P-…"; closed addresses stay closed, as hashes. Nobody takes it back.

    Raises ErasedAlready, MergedAlready, StandsInTheWay, GroundMissing, PartnersBusy.
    """
    if ground == Erasure.Ground.OTHER and not words.strip():
        raise GroundMissing
    hold_imports(agency)
    hold_merges(agency)
    records = locked(partner)
    marks = marks_of(records)
    if holds := holds_of(agency, marks):
        raise StandsInTheWay(holds)
    now = timezone.now()
    facts = {"agency": agency, "ground": ground, "words": words.strip()[:200], "by": actor, "at": now}
    made: list[Erasure] = Erasure.objects.bulk_create(Erasure(partner=each, **facts) for each in records)
    for part in erasing.parts():
        part.erase(agency=agency, actor=actor, marks=marks)
    erase_rows(marks)
    erase_told(agency=agency, actor=actor, marks=marks, closing=ground == Erasure.Ground.ASKED)
    erase_in_database(agency, marks)
    erase_own(agency=agency, marks=marks)
    empty(records, now)
    note(actor, records, ground)
    tell_changed(agency, marks.partner_ids)
    return made


def hold_imports(agency: Agency) -> None:
    """No import is applied or undone meanwhile. Taken before the lock of merges, as imports do. Raises PartnersBusy."""
    try:
        with transaction.atomic():
            one_at_a_time(agency)
    except OperationalError as error:
        raise PartnersBusy from error


def locked(partner: Partner) -> list[Partner]:
    """The records of one person, locked in the order of their numbers. Raises ErasedAlready, MergedAlready."""
    ids = [each.pk for each in records_of(partner)]
    found = list(Partner.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    own = next(each for each in found if each.pk == partner.pk)
    if own.erased_at is not None:
        raise ErasedAlready
    if own.merged_into_id is not None:
        raise MergedAlready
    return found


def erase_in_database(agency: Agency, marks: Marks) -> None:
    """What no application role may rewrite, by the function that may overwrite just that."""
    with connection.cursor() as cursor:
        values: list[Any] = [list(marks.partner_ids), list(marks.names), agency.today()]
        cursor.execute("SELECT erase_partners(%s::bigint[], %s::text[], %s)", values)


def empty(records: Sequence[Partner], now: object) -> None:
    """The records themselves, and whom receipts addressed."""
    for each in records:
        name = f"{ERASED_NAME}{each.pk}"
        said = {**dict.fromkeys(WORDS, ""), "name": name, "sort_name": name, "spouse_deceased": False}
        Partner.objects.filter(pk=each.pk).update(**said, deceased_on=None, death_day_known=True, erased_at=now)
        units = GivingUnit.objects.filter(partner=each.pk)
        units.update(name=name, receipts=GivingUnit.Receipts.NONE)


def note(actor: User, records: Sequence[Partner], ground: str) -> None:
    """Write the act down, without a name and without the words."""
    changes = {"ground": ground, "records": [each.pk for each in records]}
    for each in records:
        audit.record(actor=actor, verb="erase partner", of=each, label=f"partner {each.pk}", changes=changes)
