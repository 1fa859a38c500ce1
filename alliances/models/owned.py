"""What a row of one alliance looks like. Private rows also name the member whose they are."""

from typing import Any, ClassVar, TypeVar

from django.db import models

from agencies.scope import NoScope, current

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


def current_alliance_id() -> int:
    """The alliance in scope; raises NoScope when there is none."""
    alliance_id = current().alliance_id
    if alliance_id is None:
        raise NoScope("No alliance is in scope.")
    return alliance_id


class AllianceQuerySet(models.QuerySet[Row_co]):
    """Rows of the alliance in scope, as far as the member in scope may see them:
    PostgreSQL holds that fence (trust rule T2b).
    """

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Row_co]:
        rows = list(objs)
        for row in rows:
            row.alliance_id = row.alliance_id or current_alliance_id()
        return super().bulk_create(rows, *args, **kwargs)


class InAlliance(models.Manager.from_queryset(AllianceQuerySet)):  # type: ignore[misc]
    """The default manager of alliance rows: raises NoScope when no alliance is in scope (trust rule T2)."""

    def get_queryset(self) -> Any:
        current_alliance_id()
        return super().get_queryset()


class AllianceOwned(models.Model):
    """A row of exactly one alliance. `alliance` is filled from the scope when a row is made."""

    scope: ClassVar[str] = "alliance"
    append_only: ClassVar[bool] = False

    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="+", editable=False, db_index=False)

    objects: ClassVar[Any] = InAlliance()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.alliance_id = self.alliance_id or current_alliance_id()
        super().save(*args, **kwargs)
