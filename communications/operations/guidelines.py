"""Guidelines and expectations: how a unit communicates, written by one, agreed to by another."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from communications.guarded import guarded_words
from communications.kinds import GUIDELINES
from communications.letter_check import NOBODY, Known
from communications.models import Guidelines
from communications.operations import versions
from communications.wording import Finding, findings, refuse_blocked
from ssu.models import Unit


@transaction.atomic
def begin_guidelines(
    *,
    agency: Agency,
    actor: User | None,
    unit: Unit,
    words: Mapping[str, str],
    copied_from: Guidelines | None = None,
    unmasked: Known = NOBODY,
) -> Guidelines:
    """The next version of a unit's guidelines, as a draft. `words` has the sections by name. Raises DraftThere,
    WordBlocked.
    """
    refuse_blocked(check_guidelines(words, unmasked))
    row: Guidelines = versions.begin(
        GUIDELINES, agency=agency, actor=actor, unit=unit, copied_from=copied_from, **whole(words)
    )
    return row


@transaction.atomic
def save_guidelines(
    *,
    agency: Agency,
    actor: User,
    guidelines: Guidelines,
    words: Mapping[str, str],
    revision: int | None = None,
    unmasked: Known = NOBODY,
) -> Guidelines:
    """Save a draft while it is written. Raises NotADraft, EditedMeanwhile, WordBlocked."""
    refuse_blocked(check_guidelines(words, unmasked))
    row, said = versions.locked(guidelines), whole(words)

    def write(draft: Any) -> None:
        for name, text in said.items():
            setattr(draft, name, text)

    saved: Guidelines = versions.keep(
        row, actor=actor, revision=revision, stands=sections_of(row), words=said, write=write
    )
    return saved


@transaction.atomic
def submit_guidelines(
    *, agency: Agency, actor: User | None, guidelines: Guidelines, unmasked: Known = NOBODY
) -> Guidelines:
    """Ask for somebody else's agreement. Raises NotADraft, NothingSaid, WordBlocked."""
    refuse_blocked(check_guidelines(sections_of(versions.locked(guidelines)), unmasked))
    made: Guidelines = versions.submit(
        agency=agency, actor=actor, words=guidelines, is_empty=lambda draft: not any(sections_of(draft).values())
    )
    return made


@transaction.atomic
def approve_guidelines(
    *, agency: Agency, actor: User, guidelines: Guidelines, revision: int | None = None
) -> Guidelines:
    """Agree to a version; everybody of the unit is asked to acknowledge it anew. Raises what
    `versions.approve` does.
    """
    row: Guidelines = versions.approve(agency=agency, actor=actor, words=guidelines, revision=revision)
    return row


def check_guidelines(words: Mapping[str, str], unmasked: Known = NOBODY) -> list[Finding]:
    """Names that must not be told; guidelines may well speak of salaries, so phrases are not judged."""
    found = findings(words.values(), guarded_words(), unmasked)
    return [each for each in found if each.blocks]


def sections_of(row: Guidelines) -> dict[str, str]:
    """What a version says, by section."""
    return {name: getattr(row, name) for name in Guidelines.SECTIONS}


def whole(words: Mapping[str, str]) -> dict[str, str]:
    """All sections, those that are not given empty."""
    return {name: words.get(name, "").strip() for name in Guidelines.SECTIONS}
