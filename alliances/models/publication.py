"""What the alliance releases: immutable bytes with their hash, restated only by a further revision."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.consent import Audience
from alliances.models.indicator import Indicator, IndicatorVersion
from alliances.models.owned import AllianceOwned
from alliances.models.people import Member
from alliances.models.period import Period


class Publication(AllianceOwned):
    """One revision for one audience. `document` is canonical JSON with the aggregate; no member's own number is in it,
    because those can be withdrawn while these bytes stay.
    """

    append_only = True

    indicator = OwnedKey(Indicator, related_name="publications")
    version = OwnedKey(IndicatorVersion, related_name="publications")
    period = OwnedKey(Period, related_name="publications")
    audience = models.CharField(max_length=12, choices=Audience)
    revision = models.PositiveSmallIntegerField(default=1)
    erratum = models.TextField(blank=True, help_text=_("why the revision before no longer holds"))
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "period", "audience", "revision"], name="one_publication_per_revision"
            ),
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="publication_audience"),
            models.CheckConstraint(
                condition=models.Q(revision=1) | (models.Q(revision__gt=1) & ~models.Q(erratum="")),
                name="restated_with_erratum",
            ),
        ]
        indexes = [models.Index(fields=["alliance", "indicator", "-id"], name="publication_by_indicator")]

    def __str__(self) -> str:
        return f"{self.period_id} ({self.revision})"


class LineKind(models.TextChoices):
    """gross − overlap = net; a member's own number only with its consent."""

    GROSS = "gross", _("Reported in all")
    OVERLAP = "overlap", _("Counted twice")
    NET = "net", _("Together")
    MEMBER = "member", _("Of this")


class PublicationLine(AllianceOwned):
    """One line of a publication, as a number."""

    append_only = True

    publication = OwnedKey(Publication, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=LineKind)
    member = OwnedKey(Member, null=True, related_name="+")
    value = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        ordering = ["publication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "publication", "position"], name="one_line_per_position"),
            models.CheckConstraint(
                condition=models.Q(kind=LineKind.MEMBER, member__isnull=False)
                | (~models.Q(kind=LineKind.MEMBER) & models.Q(member__isnull=True)),
                name="member_lines_name_the_member",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
