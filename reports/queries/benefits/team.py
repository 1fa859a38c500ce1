"""Whether everybody on the team was coached and knows the guidelines."""

from django.utils.translation import gettext as _

from reports.queries.benefits.frame import Measure


def team() -> list[Measure]:
    """Coaching, and the guidelines."""
    return [
        Measure(
            _("Coached"),
            _("Pairs of an active team member and a required area that are coached or excused, of all."),
            waits_for=_("Waits for coaching records of this unit."),
        )
    ]
