"""One giving unit's statement, made by a background job."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from jobs.models import Job
from jobs.operations import start
from partners.models import GivingUnit
from reports.operations.issuing import NothingToState
from reports.queries.givers import to_state
from reports.queries.runs import OPEN

SINGLE = "statements.single"


@transaction.atomic
def start_single(*, agency: Agency, actor: User, giving_unit: GivingUnit, year: int) -> Job:
    """Start making one statement; the job that does so already, where there is one. Its title names no giver, like
    file names and bookmarks. Raises NothingToState.
    """
    if not to_state(year, [giving_unit.pk]):
        raise NothingToState
    arguments = {"giver": giving_unit.pk, "year": year}
    open_one: Job | None = Job.objects.filter(kind=SINGLE, state__in=OPEN, arguments=arguments).first()
    title = _("Giving statement %(year)s") % {"year": year}
    return open_one or start(kind=SINGLE, actor=actor, title=title, arguments=arguments)
