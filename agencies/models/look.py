"""How an agency looks on paper: its logo and one color."""

from secrets import token_hex
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models.owned import AgencyOwned

FOLDER = "logos"
KINDS = [("image/png", "PNG"), ("image/jpeg", "JPEG")]


def logo_path(look: "Look", name: str) -> str:
    """Where a logo lies: a random name in the folder of its agency."""
    return f"{FOLDER}/{look.agency_id}/{token_hex(16)}"


class Look(AgencyOwned):
    """The look from a moment on; the newest counts. Undoing writes a row like the one before, which may share its file:
    what was printed once can be printed again, so no row and no logo goes.
    """

    append_only: ClassVar[bool] = True

    accent = models.CharField(max_length=7, blank=True, help_text='"#" and six hex digits; empty: the product\'s own')
    logo = models.FileField(upload_to=logo_path, blank=True, max_length=100, help_text="made anew from the upload")
    content_type = models.CharField(max_length=20, blank=True, choices=KINDS)
    width = models.PositiveSmallIntegerField(null=True, help_text="pixels")
    height = models.PositiveSmallIntegerField(null=True, help_text="pixels")
    sha256 = models.CharField(max_length=64, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="look_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(accent="") | Q(accent__regex="^#[0-9a-f]{6}$"), name="look_accent_is_a_color"
            ),
            models.CheckConstraint(
                condition=Q(logo="", sha256="", content_type="", width=None, height=None)
                | (
                    ~Q(logo="")
                    & Q(sha256__regex="^[0-9a-f]{64}$", width__gte=1, height__gte=1)
                    & Q(content_type__in=["image/png", "image/jpeg"])
                ),
                name="look_logo_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
