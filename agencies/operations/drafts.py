"""Saving words while they are written. Nobody overwrites what somebody else wrote meanwhile."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models.drafts import Drafted
from core.errors import Refused

SITTING: Final = timedelta(minutes=30)
"""Saves by one person that are no further apart are one sitting, and one entry in the trail of acts."""


class EditedMeanwhile(Refused):
    """The words rest on a save that is not the last one. Nothing was written: `fields` and `revision` are what stands
    now, `by` is who wrote it.
    """

    code = "edited_meanwhile"
    message = "Somebody else has changed this draft since you opened it. Nothing of either text is lost."

    def __init__(self, row: Drafted, fields: Mapping[str, Any]) -> None:
        super().__init__(
            _("Somebody else has changed this draft since you opened it. Your words are still here, and so are theirs.")
        )
        self.revision, self.by, self.fields = row.revision, row.edited_by, dict(fields)


def save_draft(
    row: Drafted, *, actor: User, revision: int | None, stands: Mapping[str, Any], words: Mapping[str, Any]
) -> bool:
    """Count a save of `words` over what `stands`, on a row that the caller holds locked; the caller writes the words
    and calls `row.save`. Return whether a new sitting begins, which belongs into the trail of acts.

    `revision` is the save that the words rest on, None to write over whatever stands. The same words again change
    nothing that counts. Raises EditedMeanwhile.
    """
    if dict(stands) == dict(words):
        return False
    if revision is not None and revision != row.revision:
        raise EditedMeanwhile(row, stands)
    now = timezone.now()
    is_new = row.edited_by_id != actor.pk or row.edited_at is None or now - row.edited_at > SITTING
    row.revision += 1
    row.edited_by, row.edited_at = actor, now
    return is_new
