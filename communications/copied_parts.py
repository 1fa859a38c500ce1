"""The words of a unit that begin another one: its core messages and guidelines, as drafts that nobody has agreed to."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from communications.kinds import CORE_MESSAGES, GUIDELINES, Kind
from communications.operations.core_messages import Said, begin_core_message, said_by
from communications.operations.guidelines import begin_guidelines, sections_of
from ssu.copying import Copying, Part
from ssu.models import Unit


def standing(kind: Kind, source: Unit) -> Any:
    """The version that counts, None where nothing does."""
    return kind.model.objects.standing().filter(unit=source).first()


def messages(seat: Seat, source: Unit) -> int:
    return counted(CORE_MESSAGES, seat, source)


def guidelines(seat: Seat, source: Unit) -> int:
    return counted(GUIDELINES, seat, source)


def counted(kind: Kind, seat: Seat, source: Unit) -> int:
    """1 when there is a version that this seat may see."""
    return 1 if seat.can(kind.view, source.pk) and standing(kind, source) is not None else 0


def copy_messages(work: Copying) -> None:
    """The set that counts, as a draft; a guarded unit's names become gaps."""
    model = standing(CORE_MESSAGES, work.source)
    if model is None:
        return
    said = said_by(model)
    rows = [Said(**{name: work.without_names(text) for name, text in each.items()}) for each in said["messages"]]
    begin_core_message(
        agency=work.agency,
        actor=work.actor,
        unit=work.made,
        text=work.without_names(said["text"]),
        messages=rows,
        copied_from=model,
    )


def copy_guidelines(work: Copying) -> None:
    """The guidelines that count, as a draft; a guarded unit's names become gaps."""
    model = standing(GUIDELINES, work.source)
    if model is None:
        return
    words = {name: work.without_names(text) for name, text in sections_of(model).items()}
    begin_guidelines(agency=work.agency, actor=work.actor, unit=work.made, words=words, copied_from=model)


PARTS: Final = (
    Part(
        60,
        "messages",
        _("Core messages"),
        messages,
        copy_messages,
        tables=("communications.CoreMessage", "communications.SetMessage"),
    ),
    Part(65, "guidelines", _("Guidelines"), guidelines, copy_guidelines, tables=("communications.Guidelines",)),
)
