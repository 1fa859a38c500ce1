"""The background job of letters on paper."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.seats import Seat
from jobs import kinds
from jobs.running import Running
from ssu.models import Unit
from transition.documents.letters import render_sheets, sheets_of
from transition.models import Wave
from transition.operations.notices import PRINT
from transition.queries.notices import may_name_all


def may_have_letters(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Who writes to the partners of the unit, and may know the unit."""
    wave = Wave.objects.select_related("plan").filter(pk=arguments["wave"]).first()
    if wave is None or not seat.can("transition.talk", wave.plan.unit_id):
        return False
    unit: Any = Unit.objects.seen_by(seat).filter(pk=wave.plan.unit_id).first()
    return unit is not None and not unit.is_withheld and may_name_all(seat)


@kinds.register(PRINT, right="transition.talk", may_have_files=may_have_letters)
def print_letters(job: Running) -> dict[str, Any]:
    """Make one PDF of all letters of a wave that wait to be posted. Begun anew, it makes the same."""
    with job.unit():
        wave = Wave.objects.select_related("plan").get(pk=job.arguments["wave"])
        made = sheets_of(job.agency, wave)
    job.progress(1, 2)
    pdf = render_sheets(made, _("Letters to post"), timezone.now())
    with job.unit():
        job.keep_file(f"letters-wave-{wave.pk}.pdf", pdf, "application/pdf")
    job.progress(2, 2)
    url = reverse("wave", args=[job.agency.slug, wave.pk])
    return {"letters": len(made.sheets), "url": url, "label": _("Back to the wave")}
