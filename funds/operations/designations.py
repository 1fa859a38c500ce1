"""Opening and closing the places where gift lines go."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from funds.models import Account, Designation


class CodeTaken(Refused):
    """Codes are unique in an agency."""

    code = "designation_code_taken"
    field = "code"
    message = "Another designation has this code. Choose another one."


class ClosesBeforeItOpens(Refused):
    """Dates in order."""

    code = "designation_dates"
    field = "on"
    message = "The designation opened later than this day. Choose a later one."


@transaction.atomic
def open_designation(
    *, agency: Agency, actor: User | None, code: str, public_name: str, kind: str, **fields: Any
) -> Designation:
    """Make a designation with its ledger account. Raises CodeTaken."""
    if Designation.objects.filter(code=code).exists():
        raise CodeTaken
    designation: Designation = Designation.objects.create(
        agency=agency, code=code, public_name=public_name, kind=kind, **fields
    )
    Account.objects.create(agency=agency, kind=Account.Kind.DESIGNATION, name=code, designation=designation)
    audit.record(actor=actor, verb="open designation", of=designation, label=f"{code} {public_name}")
    return designation


@transaction.atomic
def close_designation(*, agency: Agency, actor: User | None, designation: Designation, on: date) -> None:
    """From this day on the designation is offered no more. Old giving may still arrive on it and is kept as given.
    Raises
    ClosesBeforeItOpens.
    """
    if on < designation.opened_on:
        raise ClosesBeforeItOpens
    designation.closed_on = on
    designation.save(update_fields=["closed_on"])
    audit.record(actor=actor, verb="close designation", of=designation, label=str(designation), changes={"on": str(on)})
