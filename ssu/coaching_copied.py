"""What of step 4 begins another unit: its own areas, and its words on the model as a first version to work on."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from ssu.copying import Copying, Part
from ssu.models import CoachingArea, ModelText, Unit
from ssu.operations.coaching_areas import add_area
from ssu.operations.model_texts import write_model_text


def counts(seat: Seat, source: Unit) -> int:
    """How many own areas there are, and one for the words."""
    if not seat.can("coaching.view", source.pk):
        return 0
    areas: int = CoachingArea.objects.filter(unit=source, archived_at=None).count()
    words: bool = ModelText.objects.filter(unit=source).exists()
    return areas + words


def copy(work: Copying) -> None:
    """Areas and words without the names of a guarded unit. Sessions, excuses and what people said stay."""
    for area in CoachingArea.objects.filter(unit=work.source, archived_at=None).in_order():
        add_area(
            agency=work.agency,
            actor=work.actor,
            unit=work.made,
            title=work.without_names(area.title),
            sentence=work.without_names(area.sentence),
            is_required=area.is_required,
        )
    newest = ModelText.objects.filter(unit=work.source).order_by("-version").first()
    if newest is not None:
        text = work.without_names(newest.text)
        write_model_text(agency=work.agency, actor=work.actor, unit=work.made, text=text)


PART: Final = Part(
    40,
    "coaching",
    _("Coaching: own areas, and what the model looks like"),
    counts,
    copy,
    ("ssu.CoachingArea", "ssu.ModelText"),
)
