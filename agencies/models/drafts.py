"""What a text has that several people may work on before it counts."""

from django.conf import settings
from django.db import models

from agencies.models.owned import AgencyOwned


class Drafted(AgencyOwned):
    """A row whose words are saved while they are written. `revision` counts the saves: whoever saves says on which one
    their words rest, so nobody overwrites what somebody else wrote meanwhile (`agencies.operations.drafts`).
    """

    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
