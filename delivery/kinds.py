"""Of what people are told: the kinds, each with its channels unless a person chooses otherwise.

An app registers its kinds in `AppConfig.ready`. A kind that nobody registered is told in the app alone.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """What happened. `label` names it in the table of choices, `why` follows "You get this because" in a mail.

    `asks`: it can be made a task, because there is something to do about it. `right` is what lets its reader do that,
    where the thing is that it names; `by_service`: only who serves there can.
    """

    name: str
    label: StrOrPromise
    why: StrOrPromise
    in_app: bool = True
    email: bool = False
    task: bool = False
    asks: bool = True
    right: str = ""
    by_service: bool = False


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known. Registering one of the same name again replaces it."""
    _kinds.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> Kind:
    """The kind of this name."""
    return _kinds.get(name) or Kind(name, name, _("something here concerns you"), asks=False)


def kinds() -> list[Kind]:
    """All that people can choose about, in the order in which they were registered."""
    return list(_kinds.values())


JOB_ENDED = Kind("job.ended", _("A long task has ended"), _("you started a task that takes long"), asks=False)
