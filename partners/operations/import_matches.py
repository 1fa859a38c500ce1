"""Deciding on the givers of a file who may be partners that are there."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.models import ImportRun
from partners.models import ImportMatch

NUMBER: Final = ImportMatch.Reason.NUMBER
CREATE: Final = ImportMatch.Choice.CREATE
UPDATE: Final = ImportMatch.Choice.UPDATE
TAKEN = ("email", "phone", "address", "church", "greeting", "note")
"""What a partner may take from a file. Names stay as they are: a person changes them on the record."""


class Decision(NamedTuple):
    """What is to be done with a giver, and for the same partner which fields they take."""

    choice: str
    fields: tuple[str, ...] = ()


class NotToBeDecided(Refused):
    """It is decided before the file is applied."""

    code = "not_to_be_decided"
    message = "This cannot be decided now: the file was applied, or a job is at work on it. Open the import again."


class NoSuchDecision(Refused):
    """There are three, and a partner takes what the file says."""

    code = "no_such_decision"
    status = 422
    message = "Choose to add, to use the partner who is there, or to leave the giver out; and only fields of the list."


class NoSuchGiver(Refused):
    """Only givers of this file who may be partners are decided on."""

    code = "no_such_giver"
    status = 422
    message = "One of these givers is not of this file, or was brought in already. Open the page again."


@transaction.atomic
def decide_matches(
    *,
    agency: Agency,
    actor: User,
    run: ImportRun,
    decisions: Mapping[int, Decision] | None = None,
    of_a_kind: Mapping[str, str] | None = None,
) -> int:
    """Keep what is to be done, by match; and by reason for all that nobody decided on yet. Return how many were
    decided. Raises NotToBeDecided, NoSuchDecision, NoSuchGiver; then nothing is kept.
    """
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != ImportRun.State.CHECKED:
        raise NotToBeDecided
    given, kinds = dict(decisions or {}), dict(of_a_kind or {})
    check(given, kinds)
    decided = []
    found = list(ImportMatch.objects.select_for_update().filter(import_run=locked, applied_at=None))
    if not set(given) <= {match.pk for match in found}:
        raise NoSuchGiver
    if any(match.reason == NUMBER and given[match.pk].choice == CREATE for match in found if match.pk in given):
        raise NoSuchDecision
    for match in found:
        decision = given.get(match.pk)
        if is_open(match) and kinds.get(match.reason) and is_unsaid(decision, match):
            choice = kinds[match.reason]
            taken = match.fields if match.reason == NUMBER and choice == UPDATE else ()
            decision, match.choice = Decision(choice, tuple(taken)), ""
        if decision is not None and (decision.choice, list(decision.fields)) != (match.choice, match.fields):
            match.choice, match.fields = decision.choice, list(decision.fields)
            match.chosen_by, match.chosen_at = actor, timezone.now()
            decided.append(match)
    ImportMatch.objects.bulk_update(decided, ["choice", "fields", "chosen_by", "chosen_at"])
    if decided:
        changes = {"givers": len(decided)}
        audit.record(actor=actor, verb="decide on givers", of=locked, label=f"import {locked.pk}", changes=changes)
    return len(decided)


def is_open(match: ImportMatch) -> bool:
    """Whether nobody has decided yet; what is proposed was chosen by nobody."""
    return not match.choice or match.chosen_by_id is None


def is_unsaid(decision: Decision | None, match: ImportMatch) -> bool:
    """Whether nothing else is said of this one than what stands."""
    return decision is None or (decision.choice, sorted(decision.fields)) == (match.choice, sorted(match.fields))


def check(given: Mapping[int, Decision], kinds: Mapping[str, str]) -> None:
    """Raises NoSuchDecision."""
    choices = {*ImportMatch.Choice.values, ""}
    wrong = [each for each in given.values() if each.choice not in choices or not set(each.fields) <= set(TAKEN)]
    if (
        wrong
        or kinds.get(NUMBER) == CREATE
        or not set(kinds.values()) <= choices
        or not set(kinds) <= set(ImportMatch.Reason.values)
    ):
        raise NoSuchDecision
