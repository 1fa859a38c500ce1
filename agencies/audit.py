"""Writing down who did what, when and why."""

from typing import Any

from django.db.models import Model

from accounts.models import User
from agencies.models import AuditEntry
from agencies.scope import current


def record(
    *,
    actor: User | None,
    verb: str,
    of: Model | None = None,
    label: str = "",
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append one act in the scope in force. `label` must be what anybody may read: an alias where the thing has one."""
    kind = f"{of._meta.app_label}.{of._meta.model_name}" if of is not None else ""
    entry: AuditEntry = AuditEntry.objects.create(
        actor=actor,
        verb=verb,
        kind=kind,
        object_id=of.pk if of is not None else None,
        label=label[:200],
        changes=changes or {},
        reason=reason,
        through=current().through,
    )
    return entry
