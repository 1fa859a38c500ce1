"""Saying what the columns and values of a file are, after which it is judged again."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.kinds import domain
from imports.mapping.checking import check_rules
from imports.mapping.rules import OURS, OUT, SUSPENSE, Meant, Rules, rules_of, value_key
from imports.models import ImportRun, SavedMapping
from imports.operations.apply import NoSuchDeposit
from imports.operations.check import OPEN, may_be_judged, path_of
from imports.operations.receive import request_check
from imports.operations.saved_mappings import keep_mapping, target_named, write_mapping
from imports.reading.child import run_in_child
from imports.reading.glance import Glance, glance_at
from imports.reading.writing import Writing

BY_FORMAT: dict[str, str] = {"kind": ""}
"""What a run has that is to be read by its own format, whatever saved mapping fits."""
MOST_VALUES = 1_000
LONGEST_REASON = 120


class NotToBeMapped(Refused):
    """The columns of a file are mapped before anything of it came in: later its gifts would have other keys."""

    code = "not_to_be_mapped"
    message = (
        "The columns of this import cannot be mapped now: a job is at work on it, or something of it came in. "
        "Undo the import first."
    )


class NoSuchMapping(Refused):
    """A file is read by a saved mapping that is there."""

    code = "no_such_mapping"
    message = "There is no such saved mapping, or it was removed. Open the page again."


class NoMapping(Refused):
    """Values are mapped of files that are read by a mapping."""

    code = "no_mapping"
    message = "This file is read by its own format, not by a mapping. Map its columns first."


class NoSuchValue(Refused):
    """What a value is mapped to is there."""

    code = "no_such_value"
    field = "values"
    status = 422

    def __init__(self, text: str, ours: str) -> None:
        super().__init__(f"“{text[:60]}”: there is no “{ours[:60]}” here. Choose one of the list, or open it first.")


class ReasonNeeded(Refused):
    """Rows are left out for a reason, which stays with the import."""

    code = "reason_missing"
    field = "values"
    status = 422

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:60]}”: say in a few words why its rows are left out.")


class TooManyValues(Refused):
    """A list of values is short."""

    code = "too_many_values"
    field = "values"
    status = 422
    message = f"At most {MOST_VALUES:,} values can be mapped. Is the column the right one?"


def look_at_file(*, agency: Agency, run: ImportRun, writing: Writing) -> Glance:
    """What the file looks like when it is read in this way. Raises KeptFileLost, FileRefused."""
    seen: Glance = run_in_child(glance_at, path_of(run), writing, agency.today().year + 1)
    return seen


def may_be_mapped(run: ImportRun) -> bool:
    """Whether the columns of a file can be mapped now."""
    return run.state in OPEN - {ImportRun.State.UPLOADED} and not run.stands


@transaction.atomic
def map_columns(
    *,
    agency: Agency,
    actor: User,
    run: ImportRun,
    rules: Rules,
    keep_as: str = "",
    change_saved: bool = False,
) -> ImportRun:
    """Have a file read by these rules, and judged again. keep_as: a name under which they are kept for the next file;
    change_saved: without a new name, the mapping that the file was recognized by changes too.

    Raises NotToBeMapped, FileRefused, MappingWrong, MappingNameTaken; then nothing is written.
    """
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not may_be_mapped(locked):
        raise NotToBeMapped
    seen = look_at_file(agency=agency, run=locked, writing=rules.writing)
    check_rules(rules, target_named(rules.kind), seen.columns)
    check_deposit(agency, rules)
    made = replace(rules, header=seen.names)
    saved = locked.saved_mapping if change_saved and not keep_as.strip() else None
    if saved is not None:
        write_mapping(agency=agency, actor=actor, saved=saved, rules=made)
    if keep_as.strip():
        saved = keep_mapping(agency=agency, actor=actor, name=keep_as, rules=made)
    locked.mapping = made.as_json()
    locked.saved_mapping = saved or same_mapping(locked, made)
    locked.save(update_fields=["mapping", "saved_mapping"])
    audit.record(
        actor=actor,
        verb="map columns",
        of=locked,
        label=f"import {locked.pk}",
        changes={"kind": made.kind, "columns": len(made.columns), "values": sum(map(len, made.values.values()))},
    )
    return request_check(agency=agency, actor=actor, run=locked)


def same_mapping(run: ImportRun, made: Rules) -> SavedMapping | None:
    """The saved mapping of a run, while its rules stay those."""
    saved: SavedMapping | None = run.saved_mapping
    return saved if saved is not None and saved.rules.get("columns") == made.as_json()["columns"] else None


def check_deposit(agency: Agency, rules: Rules) -> None:
    """Raises NoSuchDeposit."""
    if rules.deposit is not None and rules.deposit not in dict(domain().deposits(agency=agency)):
        raise NoSuchDeposit


@transaction.atomic
def use_mapping(*, agency: Agency, actor: User, run: ImportRun, saved: SavedMapping) -> ImportRun:
    """Have a file read by a saved mapping, and judged again; a column that it has not got is told by the check. Raises
    NotToBeMapped.
    """
    return _switch(agency, actor, run, saved.rules, saved)


@transaction.atomic
def read_by_format(*, agency: Agency, actor: User, run: ImportRun) -> ImportRun:
    """Have a file read by its own format again, without any mapping. Raises NotToBeMapped."""
    return _switch(agency, actor, run, BY_FORMAT, None)


def _switch(
    agency: Agency, actor: User, run: ImportRun, mapping: Mapping[str, object], saved: SavedMapping | None
) -> ImportRun:
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not may_be_mapped(locked):
        raise NotToBeMapped
    locked.mapping, locked.saved_mapping = dict(mapping), saved
    locked.save(update_fields=["mapping", "saved_mapping"])
    by = f"mapping {saved.pk}" if saved else "its format"
    audit.record(actor=actor, verb="map columns", of=locked, label=f"import {locked.pk}", changes={"by": by})
    return request_check(agency=agency, actor=actor, run=locked)


@transaction.atomic
def map_values(
    *,
    agency: Agency,
    actor: User,
    run: ImportRun,
    values: Mapping[tuple[str, str], Meant | None],
    remember: bool = True,
) -> ImportRun:
    """Say what values of a file are, by (fact, value as the file writes it); None forgets what was said. The file is
    judged again. remember: the saved mapping of the file learns it too.

    Raises NoMapping, NotToBeMapped, NoSuchValue, ReasonNeeded, TooManyValues; then nothing is written.
    """
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    rules = rules_of(locked.mapping)
    if rules is None:
        raise NoMapping
    if not may_be_judged(locked) or locked.state == ImportRun.State.UPLOADED:
        raise NotToBeMapped
    made = with_values(rules, values)
    locked.mapping = made.as_json()
    locked.save(update_fields=["mapping"])
    saved = locked.saved_mapping
    if remember and saved is not None and (kept := rules_of(saved.rules)):
        write_mapping(agency=agency, actor=actor, saved=saved, rules=with_values(kept, values))
    changes = {"values": len(values)}
    audit.record(actor=actor, verb="map values", of=locked, label=f"import {locked.pk}", changes=changes)
    return request_check(agency=agency, actor=actor, run=locked)


def with_values(rules: Rules, values: Mapping[tuple[str, str], Meant | None]) -> Rules:
    """The rules with what was said of values. Raises NoSuchValue, ReasonNeeded, TooManyValues."""
    target = target_named(rules.kind)
    valued = target.valued if target else ()
    said = {fact: dict(meant) for fact, meant in rules.values.items()}
    for (fact, text), meant in values.items():
        if fact not in valued:
            raise NoSuchValue(text, fact)
        if meant is None:
            said.get(fact, {}).pop(value_key(text), None)
        else:
            said.setdefault(fact, {})[value_key(text)] = judged_meaning(rules.kind, fact, text, meant)
    if sum(map(len, said.values())) > MOST_VALUES:
        raise TooManyValues
    return replace(rules, values={fact: meant for fact, meant in said.items() if meant})


def judged_meaning(kind: str, fact: str, text: str, meant: Meant) -> Meant:
    """What a value is, with our own writing of it. Raises NoSuchValue, ReasonNeeded."""
    if meant.what == OUT:
        if not meant.text.strip():
            raise ReasonNeeded(text)
        return Meant(OUT, meant.text.strip()[:LONGEST_REASON])
    if meant.what == SUSPENSE and fact == "designation" and kind == "gifts":
        return Meant(SUSPENSE)
    ours = domain().our_value(kind=kind, fact=fact, text=meant.text) if meant.what == OURS else ""
    if not ours:
        raise NoSuchValue(text, meant.text or meant.what)
    return Meant(OURS, ours)
