"""The two kinds of words that a unit agrees on in versions, and what tells them apart."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from communications.models import AgreedWords, CoreMessage, Guidelines


@dataclass(frozen=True)
class Kind:
    """A kind of agreed words.

    `evidence` names it to the roll-out, `noun` stands in the trail of acts, `title` on pages; `page` is the name of the
    unit's page, and `view`, `write` the rights for it; `key` is the field that names it in an acknowledgement.
    """

    model: type[AgreedWords]
    evidence: str
    noun: str
    title: Any
    page: str
    view: str
    write: str
    key: str

    @property
    def version_page(self) -> str:
        """The name of the page of one version."""
        return "guidelines_version" if self.key == "guidelines" else self.key

    def named(self, act: str) -> str:
        """The name of the address of an act."""
        return f"{self.key}_{act}"


CORE_MESSAGES: Final = Kind(
    CoreMessage,
    "communications.coremessage",
    "core message",
    _("Core messages"),
    "core_messages",
    "messages.view",
    "letters.write",
    "core_message",
)
GUIDELINES: Final = Kind(
    Guidelines,
    "communications.guidelines",
    "guidelines",
    _("Guidelines and expectations"),
    "guidelines",
    "guidelines.view",
    "guidelines.write",
    "guidelines",
)
KINDS: Final = (CORE_MESSAGES, GUIDELINES)


def kind_of(row: AgreedWords) -> Kind:
    """The kind of a version."""
    return GUIDELINES if isinstance(row, Guidelines) else CORE_MESSAGES
