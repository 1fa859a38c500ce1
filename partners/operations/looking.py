"""Having the whole agency looked through for duplicates."""

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from jobs.models import Job
from jobs.operations import start
from partners.operations.merge_lock import hold_merges
from partners.queries.looking import DUPLICATES, look_under_way


@transaction.atomic
def start_looking(*, agency: Agency, actor: User) -> Job:
    """Look through the whole agency in the background; where a look is under way, it is that one."""
    hold_merges(agency)
    return look_under_way() or start(kind=DUPLICATES, actor=actor, title="Look for duplicates")
