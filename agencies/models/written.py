"""What a row has that another person than its authors agrees to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Written(models.Model):
    """A row whose words or amounts count only once somebody agrees to them who wrote none of them.

    `writers` are the users who have written any of what it says and nobody has agreed to yet, by id. It only grows: who
    wrote a word that another has replaced stays an author of the version.
    """

    AUTHORS: ClassVar[tuple[str, ...]] = ("author_id",)

    writers = ArrayField(models.BigIntegerField(), default=list, editable=False)

    class Meta:
        abstract = True

    @property
    def authors(self) -> frozenset[int]:
        """Everybody who may not agree to it: who wrote any of it, and who is named as its author."""
        return frozenset(self.writers) | {person for name in self.AUTHORS if (person := getattr(self, name))}

    def add_writers(self, *people: int | None) -> None:
        """Count these among the writers; the caller, who holds the row locked, saves the column."""
        self.writers = sorted({*self.writers, *(person for person in people if person)})


def no_writer_approves(name: str, approver: str = "approved_by") -> models.CheckConstraint:
    """What the database itself holds: nobody agrees to what they wrote. `name` begins the name of the constraint."""
    own = Q(writers__contains=[F(approver)])
    return models.CheckConstraint(condition=Q(**{approver: None}) | ~own, name=f"{name}_no_writer_approves")
