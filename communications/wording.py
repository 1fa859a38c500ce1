"""What is wrong with a letter's words: names that must not be told, and phrases that make a person the receiver of
gifts.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from communications.guarded import Guarded
from core.errors import Refused

PERSON = r"(?:me|us|our family|our missionar(?:y|ies)|my family|a missionary|the missionary|your missionary)"
MONEY = r"(?:gifts?|giv(?:e|ing)|donat(?:e|ions?|ing)|contribut\w+|checks?|cheques?|funds|money)"
PAYEE: Final = (
    re.compile(rf"\b{MONEY}\b[^.!?\n]{{0,30}}?\b(?:to|for)\s+{PERSON}\b", re.IGNORECASE),
    re.compile(r"\bsupport(?:ing)?\s+(?:me|us|our family|our missionar(?:y|ies)|your missionary)\b", re.IGNORECASE),
    re.compile(r"\b(?:my|our)\s+(?:salary|salaries|support account|personal support)\b", re.IGNORECASE),
)
"""Rev. Rul. 62-113: a gift meant for an individual is not deductible; the agency has control and discretion."""


@dataclass(frozen=True)
class Finding:
    """A sentence about one word or phrase. What `blocks` keeps the letter from being saved, approved and sent."""

    sentence: str
    blocks: bool


class WordBlocked(Refused):
    """A letter would tell what must stay untold."""

    code = "word_blocked"
    status = 422


def findings(
    texts: Iterable[str], guarded: Iterable[Guarded], unmasked: frozenset[int] | None, workers: Iterable[str] = ()
) -> list[Finding]:
    """What these texts hold, the blocking first. `unmasked` are the units whose true name the reader may see (None:
    all); `workers` are names of people who serve in the unit.
    """
    whole = "\n".join(texts)
    found = [Finding(told(word, unmasked), word.blocks) for word in standing_alone(list(guarded), whole)]
    found += [Finding(sentence, blocks=False) for sentence in payee_sentences(whole, workers)]
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda finding: not finding.blocks)


def refuse_blocked(found: Iterable[Finding]) -> None:
    """Raise WordBlocked with all blocking sentences, if there are any."""
    blocking = [finding.sentence for finding in found if finding.blocks]
    if blocking:
        raise WordBlocked(" ".join(blocking))


def standing_alone(guarded: Sequence[Guarded], text: str) -> list[Guarded]:
    """The words that are in the text, in their order; at each place the longest alone, so that no two sentences ask for
    different things. What blocks is looked for first.
    """
    rest, found = plain(text), set()
    for word in sorted(guarded, key=lambda each: (not each.blocks, -len(plain(each.word)))):
        pattern = pattern_of(word)
        if pattern is not None and pattern.search(rest):
            found.add(word)
            rest = pattern.sub("\n", rest)
    return [word for word in guarded if word in found]


def pattern_of(guarded: Guarded) -> re.Pattern[str] | None:
    """What finds the word in plain text, also with an ending; None where nothing of it is left."""
    word = plain(guarded.word)
    ending = r"\w*" if guarded.stem else ""
    flags = 0 if guarded.cased else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(word)}{ending}(?!\w)", flags) if word else None


def plain(text: str) -> str:
    """Text as the eye reads it: compatibility forms folded, accents and invisible signs gone, marks of the letter's
    own writing gone, one space between words.
    """
    folded = unicodedata.normalize("NFKD", text)
    seen = "".join(sign for sign in folded if unicodedata.category(sign) not in {"Mn", "Cf"})
    return " ".join(re.sub(r"[*_\[\]]", "", seen).split())


def told(guarded: Guarded, unmasked: frozenset[int] | None) -> str:
    """The sentence, which names the word only to who may know it."""
    may_know = unmasked is None or bool(guarded.unit_ids & unmasked)
    if may_know and guarded.blocks:
        return _("“%(word)s” must not stand in words for partners. Write “%(instead)s” instead.") % {
            "word": guarded.word,
            "instead": guarded.instead,
        }
    if may_know:
        return _("“%(word)s” may tell more than it should. Better: “%(instead)s”.") % {
            "word": guarded.word,
            "instead": guarded.instead,
        }
    if guarded.blocks:
        return _(
            "A word in this letter could give away somebody whom we protect. "
            "Ask an administrator to look at it, or leave names of people and places out."
        )
    return _("A name in this letter may tell more than it should. Use the names that this agency uses in public.")


def payee_sentences(text: str, workers: Iterable[str]) -> list[str]:
    """Phrases that read as if a person were paid."""
    names = [rf"\b{MONEY}\b[^.!?\n]{{0,30}}?\b(?:to|for)\s+{re.escape(plain(name))}\b" for name in workers if name]
    patterns = [*PAYEE, *(re.compile(name, re.IGNORECASE) for name in names)]
    phrases = [found[0] for pattern in patterns if (found := pattern.search(plain(text)))]
    return [
        _(
            "“%(phrase)s” reads as if a gift went to a person. Gifts go to the work of {{unit_name}}, and the agency "
            "decides how they are used. Write “support the work of {{unit_name}}”."
        )
        % {"phrase": phrase}
        for phrase in phrases
    ]
