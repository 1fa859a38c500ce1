"""What the model looks like for a unit, a version at a time."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import ModelText, Unit
from ssu.operations.archived import need_at_work
from ssu.operations.evidence import reopen_resting_on
from ssu.queries.coaching_evidence import MODEL_KIND


class ModelTextMissing(Refused):
    """A version says something."""

    code = "model_text_missing"
    status = 422
    field = "text"
    message = "Write a few sentences: who does what, how partners join in, what is different from before."


class ModelTextUnchanged(Refused):
    """A version says something new."""

    code = "model_text_unchanged"
    field = "text"
    message = "Nothing was changed, so there is no new version."


@transaction.atomic
def write_model_text(*, agency: Agency, actor: User, unit: Unit, text: str) -> ModelText:
    """Write the next version of what the model looks like for the unit. What rested on an earlier one opens again.

    Raises ModelTextMissing, ModelTextUnchanged.
    """
    text = text.strip()
    if not text:
        raise ModelTextMissing
    need_at_work(unit.pk)
    earlier = list(ModelText.objects.filter(unit=unit).order_by("-version"))
    if earlier and earlier[0].text == text:
        raise ModelTextUnchanged
    version = earlier[0].version + 1 if earlier else 1
    made: ModelText = ModelText.objects.create(unit=unit, version=version, text=text, written_by=actor)
    audit.record(
        actor=actor, verb="write what the model looks like", of=made, label=f"{unit.public_name}, version {version}"
    )
    reason = f"What the model looks like has a new version ({version}). Add it as evidence and claim the item again."
    ids = [each.pk for each in earlier]
    reopen_resting_on(agency=agency, actor=actor, kind=MODEL_KIND, object_ids=ids, reason=reason)
    return made
