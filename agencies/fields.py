"""The foreign key between two rows of one scope."""

from typing import Any

from django.db import models


class OwnedKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key inside one agency or one alliance.

    Django makes no database constraint for it: `Protect` makes the composite one, (scope, this) → (scope, id), which
    a single-column key cannot be: PostgreSQL checks foreign keys past row-level security and would accept another
    agency's row (trust rule T3).
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs
