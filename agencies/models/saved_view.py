"""A list as somebody narrowed it, under a name."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models.owned import AgencyOwned, Owned, OwnedQuerySet

if TYPE_CHECKING:
    BaseViews = OwnedQuerySet["SavedView"]
else:
    BaseViews = OwnedQuerySet


class SavedViews(BaseViews):
    """Words for asking about saved views."""

    def open_to(self, user_id: int) -> "SavedViews":
        """One's own views and those that others share, without the removed, by name."""
        mine = Q(owner=user_id) | Q(shared_at__isnull=False)
        return self.filter(mine, removed_at=None).order_by("name", "pk")


class SavedView(AgencyOwned):
    """The filter of one list as a query string that the list's app has cleaned: it names only what this agency has.

    Private until it is shared with the agency. A removed one keeps its row, so that removing can be undone.
    """

    listing = models.CharField(max_length=40, help_text="key of the list, as its app registered it")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects: ClassVar[Any] = Owned.from_queryset(SavedViews)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "listing", "owner", "name"],
                condition=Q(removed_at=None),
                name="one_saved_view_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name
