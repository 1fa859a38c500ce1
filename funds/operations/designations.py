"""Opening, changing and closing the places where gift lines go."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.masking import changes_between
from agencies.models import Agency
from core.errors import Refused
from funds.evidence import KIND
from funds.models import Account, Designation
from funds.models.discretion import is_withheld, shown_designation_name
from funds.queries import is_posted_to
from ssu.models import Unit, Worker
from ssu.operations import reopen_resting_on


class CodeTaken(Refused):
    """Codes are unique in an agency."""

    code = "designation_code_taken"
    field = "code"
    message = "Another designation has this code. Choose another one."


class UnitMissing(Refused):
    """A designation of a unit names it."""

    code = "designation_unit_missing"
    field = "unit"
    message = "Choose the unit."


class ClosesBeforeItOpens(Refused):
    """Dates in order."""

    code = "designation_dates"
    field = "on"
    message = "The designation opened later than this day. Choose a later one."


class OpensAfterItCloses(Refused):
    """Dates in order."""

    code = "designation_dates"
    field = "opened_on"
    message = "The designation is closed from an earlier day on. Choose a day before that."


class PostedAlready(Refused):
    """Past giving stays where it was given: another unit or worker would silently get all of it."""

    code = "designation_posted_already"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            f"Money was posted to this designation, so its {field} stays. Close it, and open a new one for what is "
            "given from now on."
        )


class DesignationFields(TypedDict, total=False):
    """What can be said about a designation; the meaning is on the model."""

    public_name: str
    kind: str
    unit: Unit | None
    worker: Worker | None
    opened_on: date


FIXED_BY_MONEY = ("kind", "unit", "worker")


@transaction.atomic
def open_designation(
    *, agency: Agency, actor: User | None, code: str, public_name: str, kind: str, **fields: Any
) -> Designation:
    """Make a designation with its ledger account. Raises CodeTaken, UnitMissing."""
    if Designation.objects.filter(code=code).exists():
        raise CodeTaken
    designation = Designation(agency=agency, code=code, public_name=public_name, kind=kind, **fields)
    check(designation)
    designation.save()
    Account.objects.create(agency=agency, kind=Account.Kind.DESIGNATION, name=code, designation=designation)
    audit.record(actor=actor, verb="open designation", of=designation, label=public_label(designation))
    return designation


@transaction.atomic
def edit_designation(
    *, agency: Agency, actor: User | None, designation: Designation, **fields: Unpack[DesignationFields]
) -> Designation:
    """Change a designation; nothing is written when nothing changed. Once money was posted to it, kind, unit and worker
    stay.

    Raises PostedAlready, UnitMissing, OpensAfterItCloses.
    """
    row: Designation = Designation.objects.select_for_update(no_key=True).get(pk=designation.pk)
    before = as_said(row)
    guarded = is_guarded(row)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    fixed = next((name for name in FIXED_BY_MONEY if name in changed), None)
    if fixed:
        # Every posting holds a share of this row (funds.sql): who is posting now is waited for.
        Designation.objects.select_for_update().get(pk=row.pk)
        if is_posted_to(row):
            raise PostedAlready(fixed)
    for name in changed:
        setattr(row, name, fields[name])  # type: ignore[literal-required]
    check(row)
    if changed:
        row.save(update_fields=changed)
        changes = changes_between(before, as_said(row))
        if "public_name" in changes and (guarded or is_guarded(row)):
            changes["public_name"] = ["…", "…"]
        audit.record(actor=actor, verb="edit designation", of=row, label=public_label(row), changes=changes)
    return row


def check(designation: Designation) -> None:
    """Raise the refusal that the designation as it would be saved deserves."""
    if designation.kind == Designation.Kind.UNIT and designation.unit is None:
        raise UnitMissing
    if designation.closed_on is not None and designation.closed_on < designation.opened_on:
        raise OpensAfterItCloses


def as_said(designation: Designation) -> dict[str, Any]:
    """The present values as the audit trail writes them: units by code and workers by number, which name nobody."""
    return {
        "public_name": designation.public_name,
        "kind": str(designation.kind),
        "unit": designation.unit.code if designation.unit else "",
        "worker": designation.worker_id or "",
        "opened_on": str(designation.opened_on),
    }


def public_label(designation: Designation) -> str:
    """What logs may call a designation: its code, and its name as anybody may know it (trust rule T6)."""
    named = Designation.objects.annotate(public=shown_designation_name(None))
    return f"{designation.code} {named.values_list('public', flat=True).get(pk=designation.pk)}"


def is_guarded(designation: Designation) -> bool:
    """Whether its unit or worker is closed to the public."""
    found = Designation.objects.annotate(withheld=is_withheld(None))
    return bool(found.values_list("withheld", flat=True).get(pk=designation.pk))


@transaction.atomic
def close_designation(*, agency: Agency, actor: User | None, designation: Designation, on: date | None) -> None:
    """From this day on the designation is offered no more; None opens it again. Old giving may still arrive on a closed
    one and is kept as given. An action item that rests on it is open again. Raises ClosesBeforeItOpens.
    """
    row: Designation = Designation.objects.select_for_update(no_key=True).get(pk=designation.pk)
    if on is not None and on < row.opened_on:
        raise ClosesBeforeItOpens
    if row.closed_on == on:
        return
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    verb = "reopen designation" if on is None else "close designation"
    changes = {"on": str(on)} if on else {}
    audit.record(actor=actor, verb=verb, of=row, label=public_label(row), changes=changes)
    if actor is not None and on is not None and on <= agency.today():
        why = f"Designation {row.code} was closed."
        reopen_resting_on(agency=agency, actor=actor, kind=KIND, object_ids=[row.pk], reason=why)
