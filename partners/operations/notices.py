"""Saying whether partners were told that teams know their names."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import TeamNotice


class NoticeNotWhole(Refused):
    """A notice that nobody can show is none."""

    code = "notice_not_whole"
    field = "wording"
    status = 422
    message = "Enter since when partners know, and in what words they were told. A partner may ask for it."


class NotToldYet(Refused):
    """Names open when partners know, not when somebody plans to tell them."""

    code = "notice_in_the_future"
    field = "told_on"
    status = 422
    message = "This day has not come yet. Save this when the partners have been told."


@transaction.atomic
def record_team_notice(
    *, agency: Agency, actor: User | None, is_given: bool, told_on: date | None, wording: str
) -> TeamNotice:
    """From now on members of teams know the partners of their units by name, or no longer. Raises NoticeNotWhole,
    NotToldYet.
    """
    if is_given and (told_on is None or not wording.strip()):
        raise NoticeNotWhole
    if told_on is not None and told_on > agency.today():
        raise NotToldYet
    made: TeamNotice = TeamNotice.objects.create(
        agency=agency, is_given=is_given, told_on=told_on, wording=wording, by=actor
    )
    changes = {"is_given": is_given, "told_on": told_on.isoformat() if told_on else None}
    audit.record(actor=actor, verb="say whether partners were told", of=made, changes=changes)
    return made
