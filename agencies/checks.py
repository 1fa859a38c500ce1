"""System checks that keep models inside the rules of tenancy."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import ForeignKey

from agencies.fields import OwnedKey
from agencies.guard import scope_of

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
        "reports",
        "home",
    ]
)
KINDS = frozenset({"agency", "alliance", "shared", "global"})


@register()
def scopes_are_declared(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every model of ours says whose its rows are, and keys inside a scope are OwnedKeys (trust rules T2, T3)."""
    found: list[CheckMessage] = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in OWN_APPS:
            continue
        if scope_of(model) not in KINDS:
            found.append(Error(f"{model._meta.label} declares no scope.", id="agencies.E001"))
        found += [
            Error(f"{field} must be an OwnedKey: both ends are rows of one scope.", id="agencies.E002")
            for field in model._meta.local_fields
            if crosses(field)
        ]
    return found


def crosses(field: Any) -> bool:
    """A plain foreign key between two tables that both carry the scope column."""
    if not isinstance(field, ForeignKey) or isinstance(field, OwnedKey):
        return False
    both = (scope_of(field.model), scope_of(field.related_model))
    return both in {("agency", "agency"), ("alliance", "alliance")} and field.column not in {"agency_id", "alliance_id"}
