"""Saying for what a file is that names nothing itself: its promises and stages wait for that."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.kinds import domain
from imports.models import ImportRun
from imports.operations.check import may_be_judged
from imports.operations.receive import CheckedTooLate, request_check


class NoSuchToward(Refused):
    """What a file is for is open today."""

    code = "no_such_toward"
    field = "designation"
    status = 422

    def __init__(self, text: str) -> None:
        super().__init__(f"There is no open designation “{text[:60]}”. Choose one of the list, or leave it empty.")


def toward_named(agency: Agency, text: str) -> str:
    """The code of what is meant, "" for nothing. Raises NoSuchToward."""
    said = text.strip()
    code = domain().toward(agency=agency, text=said) if said else ""
    if said and not code:
        raise NoSuchToward(said)
    return code


@transaction.atomic
def say_toward(*, agency: Agency, actor: User, run: ImportRun, designation: str) -> ImportRun:
    """Say for which designation the promises and stages of a file are, "" to leave them out; the file is judged again.
    Raises NoSuchToward, CheckedTooLate.
    """
    code = toward_named(agency, designation)
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not may_be_judged(locked) or locked.state == ImportRun.State.UPLOADED:
        raise CheckedTooLate
    locked.toward = code
    locked.save(update_fields=["toward"])
    changes = {"designation": code}
    audit.record(actor=actor, verb="say designation of import", of=locked, label=f"import {locked.pk}", changes=changes)
    return request_check(agency=agency, actor=actor, run=locked)
