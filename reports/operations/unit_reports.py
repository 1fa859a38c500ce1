"""Asking for a unit's report."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.seats import Seat
from jobs.models import Job
from jobs.operations import start
from reports.queries.unit_report import told_to

UNIT_REPORT = "reports.unit"


@transaction.atomic
def start_unit_report(*, agency: Agency, actor: User, seat: Seat, unit: Any) -> Job:
    """Start the report as this person may read it. The job holds digests of the names that may stand in it, so that
    who may not be told them any more does not get the file; its title names no unit, which may become closed.
    """
    audit.record(actor=actor, verb="ask for unit report", of=unit, label=unit.public_name)
    return start(
        kind=UNIT_REPORT,
        actor=actor,
        title=_("Report of a unit"),
        arguments={"unit": unit.pk, "told": told_to(seat, unit)},
    )
