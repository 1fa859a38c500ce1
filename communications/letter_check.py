"""Holding the words of a letter against every rule at once."""

from communications.guarded import guarded_words
from communications.merge import check_fields
from communications.models import Letter
from communications.queries.letters import people_of
from communications.wording import Finding, findings, refuse_blocked
from ssu.models import Unit

Known = frozenset[int] | None
"""The units whose true name somebody may see; None: all of them."""
NOBODY: Known = frozenset()


def check_words(*, unit: Unit, subject: str, body: str, unmasked: Known = NOBODY) -> list[Finding]:
    """What the words hold, blocking or not. Raises UnknownMergeField."""
    check_fields(subject, where="subject")
    check_fields(body, where="body")
    return findings([subject, body], guarded_words(), unmasked, people_of(unit))


def check_letter(letter: Letter, unmasked: Known = NOBODY) -> list[Finding]:
    """The same for a letter whose unit is loaded."""
    return check_words(unit=letter.unit, subject=letter.subject, body=letter.body, unmasked=unmasked)


def refuse_unsafe(letter: Letter, unmasked: Known = NOBODY) -> None:
    """Raise UnknownMergeField or WordBlocked unless the letter may go out as far as its words are concerned."""
    refuse_blocked(check_letter(letter, unmasked))
