"""What step 4 rests on, as evidence: the words for the unit (4.1) and the coaching of its team (4.2)."""

from collections.abc import Collection, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ssu.coached import TeamCoaching
from ssu.evidence import Resolver, Thing
from ssu.models import ModelText, Unit
from ssu.queries.coaching import coaching_of

MODEL_KIND: Final = "ssu.model"
COACHING_KIND: Final = "ssu.coaching"


def trouble_of(coaching: TeamCoaching) -> str:
    """Why the coaching of a team is not complete, as a sentence for anybody of the unit; "" when it is.

    It counts and names nobody: who is left, and in what, stands on the coaching page, for whom that is open.
    """
    if not coaching.people:
        return _("Nobody serves in this unit yet, so nobody is coached. Add the team first, then coach it.")
    if not coaching.has_areas:
        return _("No coaching area is required yet. Choose on the coaching page what everybody is coached in.")
    left = len(coaching.left())
    if not left:
        return ""
    return ngettext(
        "%(count)s person is not coached or excused yet. The coaching page shows who, and in what.",
        "%(count)s people are not coached or excused yet. The coaching page shows who, and in what.",
        left,
    ) % {"count": left}


def coaching_as_thing(unit_id: int, coaching: TeamCoaching) -> Thing:
    """The coaching of a team proves 4.2 while nothing is left."""
    label = _("the Coaching page")
    return Thing(unit_id, unit_id, label, "coaching.view", "coaching", (unit_id,), trouble_of(coaching))


def coaching_offered(unit: Unit) -> Sequence[Thing]:
    """The unit's coaching, once it has a team and areas."""
    coaching = coaching_of([unit.pk])[unit.pk]
    return [coaching_as_thing(unit.pk, coaching)] if coaching.people and coaching.areas else []


def coaching_found(ids: Collection[int]) -> dict[int, Thing]:
    """The coaching of units by their id. Five queries."""
    there = list(Unit.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return {unit_id: coaching_as_thing(unit_id, coaching) for unit_id, coaching in coaching_of(there).items()}


def model_as_thing(text: ModelText, newest: int) -> Thing:
    """A version of the unit's words proves 4.1 while it is the newest."""
    trouble = ""
    if text.version != newest:
        said = {"old": text.version, "new": newest}
        trouble = _("Version %(old)s of what the model looks like was replaced by version %(new)s.") % said
    label = _("version %(number)s") % {"number": text.version}
    return Thing(text.pk, text.unit_id, label, "rollout.view", "coaching", (text.unit_id,), trouble)


def models_offered(unit: Unit) -> Sequence[Thing]:
    """The newest version."""
    newest = ModelText.objects.filter(unit=unit).order_by("-version").first()
    return [model_as_thing(newest, newest.version)] if newest else []


def models_found(ids: Collection[int]) -> dict[int, Thing]:
    """Versions by id. Two queries."""
    texts = list(ModelText.objects.filter(pk__in=ids))
    units = {text.unit_id for text in texts}
    newest = dict(ModelText.objects.filter(unit__in=units).order_by("version").values_list("unit_id", "version"))
    return {text.pk: model_as_thing(text, newest[text.unit_id]) for text in texts}


MODELS = Resolver("What the model looks like", models_offered, models_found, ("4.1",), "coaching", "coaching.view")
COACHING = Resolver("Coaching of the team", coaching_offered, coaching_found, ("4.2",), "coaching", "coaching.view")
