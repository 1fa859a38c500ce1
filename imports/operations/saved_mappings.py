"""Keeping mappings under a name: made from a file, changed, renamed, removed, and brought back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.kinds import domain
from imports.mapping.checking import MappingWrong, check_rules
from imports.mapping.rules import Rules
from imports.mapping.targets import Target
from imports.models import SavedMapping
from imports.reading.glance import ColumnSeen

LONGEST_NAME = 80
SAVED = "save mapping"
"""The verb in the audit trail of who made it."""


class MappingNameTaken(Refused):
    """One name, one mapping."""

    code = "mapping_name_taken"
    field = "name"
    message = "A mapping of this name is there already. Choose another name, or change that one."


class MappingChanged(Refused):
    """Nobody's work is overwritten unseen."""

    code = "mapping_changed"
    message = "Somebody else changed this mapping since you opened the page. Look at it again, then change it."


class MappingNameMissing(Refused):
    """People find a mapping by its name."""

    code = "mapping_name_missing"
    field = "name"
    status = 422
    message = "Give the mapping a name, like the system or the bank that the files are from."


@transaction.atomic
def keep_mapping(*, agency: Agency, actor: User, name: str, rules: Rules) -> SavedMapping:
    """Keep rules under a name. Raises MappingNameTaken, MappingNameMissing."""
    kept = free_name(name)
    saved: SavedMapping = SavedMapping.objects.create(name=kept, rules=rules.as_json(), changed_by=actor)
    note(actor, SAVED, saved)
    return saved


@transaction.atomic
def write_mapping(
    *, agency: Agency, actor: User, saved: SavedMapping, rules: Rules | None = None, name: str | None = None
) -> SavedMapping:
    """Change the rules or the name of a saved mapping; files that took it stay as they are. Raises MappingNameTaken,
    MappingNameMissing.
    """
    row: SavedMapping = SavedMapping.objects.select_for_update(of=("self",)).get(pk=saved.pk)
    changes = {}
    if name is not None and name.strip() != row.name:
        row.name = free_name(name, but=row.pk)
        changes["name"] = True
    if rules is not None and rules.as_json() != row.rules:
        row.rules = rules.as_json()
        changes["rules"] = True
    if changes:
        row.changed_at, row.changed_by = timezone.now(), actor
        row.save(update_fields=["name", "rules", "changed_at", "changed_by"])
        note(actor, "change mapping", row, changes)
    return row


@transaction.atomic
def change_rules(
    *, agency: Agency, actor: User, saved: SavedMapping, rules: Rules, seen: datetime | None = None
) -> SavedMapping:
    """Change what a saved mapping says, with no file at hand. seen: when it was changed last, as its reader saw it.
    Raises MappingWrong, MappingChanged.
    """
    row: SavedMapping = SavedMapping.objects.select_for_update(of=("self",)).get(pk=saved.pk)
    if seen is not None and row.changed_at != seen:
        raise MappingChanged
    check_rules(rules, target_named(rules.kind), columns_of(rules))
    if rules.deposit is not None and rules.deposit not in dict(domain().deposits(agency=agency)):
        raise MappingWrong([("deposit", _("There is no such deposit account, or it was closed."))])
    return write_mapping(agency=agency, actor=actor, saved=row, rules=rules)


def columns_of(rules: Rules) -> list[ColumnSeen]:
    """The columns that the files of a mapping had, or those that it names, without anything in them."""
    names = dict.fromkeys((*rules.header, *rules.columns.values()))
    return [ColumnSeen(name) for name in names]


def target_named(name: str) -> Target | None:
    """What a file can be, by name."""
    return next((target for target in domain().targets if target.name == name), None)


@transaction.atomic
def remove_mapping(*, agency: Agency, actor: User, saved: SavedMapping) -> SavedMapping:
    """Take a mapping away: no file is recognized by it any more. `restore_mapping` brings it back."""
    if SavedMapping.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=timezone.now()):
        note(actor, "remove mapping", saved)
    return saved


@transaction.atomic
def restore_mapping(*, agency: Agency, actor: User, saved: SavedMapping) -> SavedMapping:
    """Bring a removed mapping back. Raises MappingNameTaken when its name was given to another one meanwhile."""
    row: SavedMapping = SavedMapping.objects.select_for_update(of=("self",)).get(pk=saved.pk)
    if row.removed_at is not None:
        free_name(row.name, but=row.pk)
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        note(actor, "restore mapping", row)
    return row


def free_name(name: str, but: int | None = None) -> str:
    """The name as it is kept. Raises MappingNameTaken, MappingNameMissing."""
    kept = " ".join(name.split())[:LONGEST_NAME]
    if not kept:
        raise MappingNameMissing
    if SavedMapping.objects.filter(name=kept, removed_at=None).exclude(pk=but).exists():
        raise MappingNameTaken
    return kept


def note(actor: User, verb: str, saved: SavedMapping, changes: dict[str, bool] | None = None) -> None:
    """Write down who did it. The name may tell a closed place and is not told."""
    audit.record(actor=actor, verb=verb, of=saved, label=f"mapping {saved.pk}", changes=changes or {})
