"""The agency's own words for groups of partners."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet


class Tags(OwnedQuerySet["Tag"]):
    """Words for lists of tags."""

    def in_use(self) -> "Tags":
        """Those that may be given: not retired."""
        return self.filter(retired_at=None)


class Tag(AgencyOwned):
    """A word. Renamed freely; retired it stays where it is and is given to nobody more; merged it goes into another."""

    name = models.CharField(max_length=60)
    norm = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=60), db_persist=True
    )
    retired_at = models.DateTimeField(null=True)
    import_run = OwnedKey(
        "imports.ImportRun",
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="the import that brought the word",
    )

    objects: ClassVar[Owned] = Owned.from_queryset(Tags)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "norm"], name="tag_once"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["agency", "import_run"], condition=Q(import_run__isnull=False), name="tag_by_import")
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(AgencyOwned):
    """A partner has a tag; `by` nobody: the file that brought the partner said so."""

    partner = OwnedKey("partners.Partner", related_name="taggings", db_index=False)
    tag = OwnedKey(Tag, related_name="taggings", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "tag", "partner"], name="tagged_once")]
        indexes = [models.Index(fields=["agency", "partner"], name="tagging_by_partner")]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.tag_id}"
