"""Asking for the report of a transition."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from jobs.models import Job
from jobs.operations import start
from transition.models import Plan
from transition.operations.plans import note
from transition.queries.telling import digests

REPORT = "transition.report"


@transaction.atomic
def start_report(*, agency: Agency, actor: User, plan: Plan, names: Iterable[str]) -> Job:
    """Have it made as this person may read it. The job holds digests of the `names` in it, so that who may not be told
    them any more does not get the file; its title names no unit, which may become closed.
    """
    note(actor, "ask for transition report", plan)
    arguments = {"plan": plan.pk, "told": digests(agency.pk, names)}
    return start(kind=REPORT, actor=actor, title=_("Report of a transition"), arguments=arguments)
