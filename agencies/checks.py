"""System checks that keep models inside the rules of tenancy."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import ForeignKey, IntegerField, Model

from agencies.fields import OwnedKey
from agencies.guard import scope_of
from agencies.protect import can_hold
from agencies.scope import NoScope, fresh

OWN_APPS = frozenset(
    [
        "core",
        "accounts",
        "agencies",
        "jobs",
        "delivery",
        "imports",
        "ssu",
        "funds",
        "partners",
        "alliances",
        "budgets",
        "communications",
        "transition",
        "handover",
        "reports",
        "home",
    ]
)
SCOPED = frozenset({"agency", "alliance", "shared"})
KINDS = SCOPED | {"global"}
SCOPE_COLUMNS = frozenset({"agency_id", "alliance_id"})
BARE = frozenset({"agencies.AuditEntry.object_id", "jobs.Job.member_id", "partners.Gift.import_id"})
"""Bare numbers that stay: the audit trail names rows of any table, also ones that are gone; a member stands above the
floor of jobs, and is verified when its alliance's scope is set again; an import is where a gift came from, for people
to read.
"""


@register()
def scopes_are_declared(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every model of ours says whose its rows are, and keeps it (trust rules T2, T3)."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OWN_APPS]
    return [fault for model in ours for fault in faults_of(model)]


def faults_of(model: type[Model]) -> list[CheckMessage]:
    """What is wrong with one model: its scope, its scope column, its manager, its keys."""
    label, kind = model._meta.label, scope_of(model)
    if kind not in KINDS:
        return [Error(f"{label} declares no scope.", id="agencies.E001")]
    found = [fault for field in model._meta.local_fields for fault in faults_of_key(field)]
    if model._meta.model_name != kind:  # an agency itself, or an alliance, is what the others belong to
        found += faults_of_column(model, kind)
    if kind in ("agency", "alliance") and answers_without_scope(model):
        found.append(Error(f"{label}'s default manager answers without a scope.", id="agencies.E005"))
    return found


def faults_of_column(model: type[Model], kind: str) -> list[CheckMessage]:
    """A row of one scope names it in a column that is never empty; a row of nobody's names none."""
    label = model._meta.label
    columns = {field.column: field for field in model._meta.local_fields}
    if kind in ("agency", "alliance"):
        column = columns.get(f"{kind}_id")
        wrong = column is None or column.null
        return [Error(f"{label} needs {kind}_id, never null.", id="agencies.E003")] if wrong else []
    if kind == "shared":
        wrong = not {"agency_id", "alliance_id"} <= set(columns)
        return [Error(f"{label} needs agency_id and alliance_id.", id="agencies.E003")] if wrong else []
    hidden = {"agency_id", "alliance_id"} & set(columns)
    return [Error(f"{label} is global and has {', '.join(sorted(hidden))}.", id="agencies.E004")] if hidden else []


def answers_without_scope(model: type[Model]) -> bool:
    """Whether the manager begins a query where nobody is in scope. Nothing is asked of the database."""
    with fresh():
        try:
            model._default_manager.all()
        except NoScope:
            return False
    return True


def faults_of_key(field: Any) -> list[CheckMessage]:
    """What is wrong with a column that names a row of somebody's: a plain key, one that no composite key can hold, or
    a bare number, which the database would let name anything.
    """
    if crosses(field):
        return [Error(f"{field} must be an OwnedKey: both ends are rows of one scope.", id="agencies.E002")]
    if isinstance(field, OwnedKey) and not can_hold(field.model, field.related_model):
        return [Error(f"No composite key can keep both ends of {field} in one scope.", id="agencies.E006")]
    if is_bare(field):
        return [Error(f"{field} names a row by its number alone; make it an OwnedKey.", id="agencies.E007")]
    return []


def crosses(field: Any) -> bool:
    """A plain foreign key between two tables whose rows both belong to somebody."""
    if not isinstance(field, ForeignKey) or isinstance(field, OwnedKey) or field.column in SCOPE_COLUMNS:
        return False
    return {scope_of(field.model), scope_of(field.related_model)} <= SCOPED


def is_bare(field: Any) -> bool:
    """A whole number called `x_id` in a row of somebody's. Beside an `x_kind` it may name rows of many tables."""
    stem, _, end = field.name.rpartition("_")
    names_a_row = isinstance(field, IntegerField) and bool(stem) and end == "id" and field.column not in SCOPE_COLUMNS
    if not names_a_row or scope_of(field.model) not in SCOPED or str(field) in BARE:
        return False
    return f"{stem}_kind" not in {other.name for other in field.model._meta.local_fields}
