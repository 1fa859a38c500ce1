"""What a row that belongs to one agency looks like, and the manager that refuses to answer without an agency in
scope.
"""

from typing import Any, ClassVar, TypeVar

from django.db import models

from agencies.scope import current, current_agency_id

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class OwnedQuerySet(models.QuerySet[Row_co]):
    """Rows of the agency in scope. PostgreSQL holds the fence; this class says loudly when nobody set it."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Row_co]:
        rows = list(objs)
        for row in rows:
            row.agency_id = row.agency_id or current_agency_id()
        return super().bulk_create(rows, *args, **kwargs)


class Owned(models.Manager.from_queryset(OwnedQuerySet)):  # type: ignore[misc]
    """The default manager of agency rows: raises NoScope when no agency is in scope (trust rule T2)."""

    def get_queryset(self) -> Any:
        current_agency_id()
        return super().get_queryset()


class AgencyOwned(models.Model):
    """A row of exactly one agency. `agency` is filled from the scope when a row is made."""

    scope: ClassVar[str] = "agency"
    append_only: ClassVar[bool] = False

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", editable=False, db_index=False)

    objects: ClassVar[Any] = Owned()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.agency_id:
            self.agency_id = current_agency_id()
        super().save(*args, **kwargs)


class SharedQuerySet(models.QuerySet[Row_co]):
    """Rows of machinery in the scope in force: an agency's, an alliance's, or nobody's."""

    def create(self, **values: Any) -> Any:
        return super().create(**{**in_force(), **values})

    def named(self) -> Any:
        """The rows of the scope in force, by name. The policy lets no others through; but it has alternatives, and no
        index serves those: a long list says here which rows it means.
        """
        return self.filter(**in_force())


class InForce(models.Manager.from_queryset(SharedQuerySet)):  # type: ignore[misc]
    """The default manager of shared rows."""


def in_force() -> dict[str, int | None]:
    """The columns of a shared row for the scope in force."""
    scope = current()
    return {"agency_id": scope.agency_id, "alliance_id": scope.alliance_id}


class Shared(models.Model):
    """A row of machinery (job, outgoing message, audit entry) whose scope is an agency, an alliance, or nobody."""

    scope: ClassVar[str] = "shared"
    append_only: ClassVar[bool] = False

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", editable=False)
    alliance_id = models.BigIntegerField(null=True, editable=False)

    objects: ClassVar[Any] = InForce()

    class Meta:
        abstract = True

    def same_scope(self) -> bool:
        """Whether this row belongs to the scope in force."""
        scope = current()
        return (self.agency_id, self.alliance_id) == (scope.agency_id, scope.alliance_id)
