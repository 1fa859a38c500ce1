"""The letter of a unit to the partners whom a worker who leaves held there."""

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from communications.letter_check import NOBODY, Known
from communications.models import CoreMessage, Letter, Purpose
from communications.operations import write_letter
from communications.queries.series import letters_in
from core.errors import Refused
from handover.models import Case, Passing
from handover.operations.cases import CaseClosed, held_case, note
from handover.queries.letters import series_of
from ssu.models import Unit


class LetterBeforeTold(Refused):
    """Letters are read by many."""

    code = "handover_letter_not_told"
    message = "Nobody else knows yet that this worker leaves. Say that it may be known, then write the letter."


class LetterThere(Refused):
    """One letter per unit and language: nobody gets two."""

    code = "handover_letter_there"
    field = "language"
    message = "This hand-over has a letter of this unit in this language already. Change that one, or cancel it first."


class OtherUnitsCase(Refused):
    """A unit writes to those whom the worker held in it."""

    code = "handover_letter_unit"
    field = "unit"
    message = "The worker holds nobody in this unit. Choose a unit of this hand-over."


def check_told(case_id: int, unit_id: int) -> None:
    """Letters of a case go out while it is open, once others may know. Raises LetterBeforeTold, CaseClosed,
    Case.DoesNotExist.
    """
    case: Case = Case.objects.get(pk=case_id)
    if case.told_at is None:
        raise LetterBeforeTold
    if case.closed_at is not None:
        raise CaseClosed


@transaction.atomic
def write_case_letter(
    *,
    agency: Agency,
    actor: User,
    case: Case,
    unit: Unit,
    subject: str,
    body: str,
    language: str,
    message: CoreMessage | None = None,
    unmasked: Known = NOBODY,
) -> Letter:
    """A unit's letter, in one language, to those whom the worker held there; it is approved and sent as every letter.
    `message` is the version of the unit's core messages whose words it says. Raises LetterBeforeTold, LetterThere,
    OtherUnitsCase, OtherWords, CaseClosed, UnitArchived, UnknownMergeField, WordBlocked.
    """
    found = held_case(case)
    check_told(found.pk, unit.pk)
    if not Passing.objects.filter(case=found, holder__unit=unit).exists():
        raise OtherUnitsCase
    series = series_of(found.pk, unit.pk)
    if any(each.language == language for each in letters_in([series])):
        raise LetterThere
    made = write_letter(
        agency=agency,
        actor=actor,
        unit=unit,
        subject=subject,
        body=body,
        purpose=Purpose.NEWS,
        language=language,
        unmasked=unmasked,
        series=series,
        core_message=message,
    )
    note(actor, "write letter of hand-over", found, letter=made.pk)
    return made
