"""Whether words that everybody reads (alias, region, code, the words of a copy) tell a name or a place that is kept.

A part is enough: "Tamrin team" tells "Tamrin People", and so do "TAMRIN-1", "tamrín", "T-a-m-r-i-n" and "Anna M" for
"Anna Miller"; of a name that is written without blanks a short run of its signs is a part.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

LEAST: Final = 3
"""Letters that a part of a name has to tell anything; the whole name counts however short it is."""
LEAST_SYLLABLES: Final = 2
"""The same where a sign is a syllable or a word: Devanagari, Hangul, Han."""
RUN_TOGETHER: Final = 5
"""Letters from which on a part is also looked for over gaps, as in "TAM-RIN"."""
ALPHABETS: Final = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW"})
"""Scripts, by the first word of a sign's name in Unicode, in which a sign is a sound and a mark may be left out."""
RUNS: Final = {"CJK": 2, "HIRAGANA": 3, "KATAKANA": 3, "THAI": 4, "LAO": 4, "KHMER": 4, "MYANMAR": 4}
"""Scripts without blanks between words, and how many signs in a row of a name are a part of it."""
PLAIN_WORDS: Final = frozenset(
    """the and for with people peoples tribe team unit project mission church community program initiative group
    region area valley north northern south southern east eastern west western central upper lower new
    town village city river mountain island 团队 教会 民族 地区 社区 项目 人民""".split()  # noqa: SIM905
)
"""Words that are part of many names and tell none of them."""


@lru_cache(maxsize=4096)
def script(sign: str) -> str:
    """The script of a sign, or "" for what Unicode has no name for."""
    return unicodedata.name(sign, "").partition(" ")[0]


def folded(text: str) -> Iterator[tuple[str, int]]:
    """The signs of a text (in NFC) that tell something, each with the place it came from: small, without the marks of
    an alphabet. What is neither letter, mark nor digit is a blank; what has no width is nothing.
    """
    base = ""
    for place, raw in enumerate(text):
        for sign in unicodedata.normalize("NFKC", bare(raw, base)):
            kind = unicodedata.category(sign)
            if kind[0] in "LN":
                base = sign
                yield from ((small, place) for small in sign.casefold())
            elif kind[0] == "M":
                yield sign, place
            elif kind != "Cf":
                base = ""
                yield " ", place


def bare(sign: str, base: str) -> str:
    """A sign taken apart, without the marks that an alphabet may leave out. `base` is the letter before it."""
    kept = ""
    for each in unicodedata.normalize("NFKD", sign):
        if unicodedata.category(each)[0] != "M":
            base = each
        elif base and script(base) in ALPHABETS:
            continue
        kept += unbarred(each)
    return kept


@lru_cache(maxsize=4096)
def unbarred(sign: str) -> str:
    """A letter without the stroke, hook or missing dot that its name in Unicode tells: "l" of "ł", "i" of "ı"."""
    name = unicodedata.name(sign, "")
    plainer = name.partition(" WITH ")[0].replace(" DOTLESS ", " ")
    if plainer == name or script(sign) not in ALPHABETS:
        return sign
    try:
        return unicodedata.lookup(plainer)
    except KeyError:
        return sign


def signs(text: str) -> str:
    """The folded signs of any text."""
    return "".join(sign for sign, _ in folded(unicodedata.normalize("NFC", text)))


def plain(text: str) -> str:
    """Small letters and digits without accents, words apart by one blank."""
    return " ".join(signs(text).split())


def telling_parts(name: str) -> frozenset[str]:
    """The words of a name, and the runs of one that is written without blanks, each of which tells it."""
    words = [word for word in plain(name).split() if word not in PLAIN_WORDS]
    return frozenset(part for word in words for part in (word, *runs(word)) if enough(part) and part not in PLAIN_WORDS)


def enough(part: str) -> bool:
    """Whether a part has the letters that it takes to tell something."""
    letters = [sign for sign in part if unicodedata.category(sign)[0] in "LN"]
    spelled = all(script(sign) in ALPHABETS or not sign.isalpha() for sign in letters)
    return len(letters) >= (LEAST if spelled else LEAST_SYLLABLES)


def runs(word: str) -> Iterator[str]:
    """The runs of signs in a word of a script without blanks."""
    for begin, sign in enumerate(word):
        length = RUNS.get(script(sign), 0)
        run = word[begin : begin + length]
        if length and len(run) == length and all(script(each) in RUNS for each in run):
            yield run


@lru_cache(maxsize=4096)
def finder(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds the names, and each part that tells one, in folded words; None where there is nothing to find."""
    parts = {part for name in names for part in (plain(name), *telling_parts(name)) if part}
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    either = "|".join(pattern(part) for part in longest_first)
    return re.compile(f"(?=({either}))") if parts else None  # looks ahead: runs of signs lie over each other


def pattern(part: str) -> str:
    """A short part as a word, a longer one also inside of a word, a long one also over gaps. A whole name in a script
    without blanks stands anywhere.
    """
    letters = part.replace(" ", "")
    if len(letters) >= RUN_TOGETHER:
        return " *".join(map(re.escape, letters))
    spaced = re.escape(part).replace(r"\ ", " +")
    return spaced if enough(part) or script(part[0]) in RUNS else rf"(?<!\S){spaced}(?!\S)"


def tells(said: str, *names: str) -> bool:
    """Whether these words tell one of the names, whole or by a part. What is empty tells nothing and is not told."""
    found = finder(names)
    return found is not None and found.search(signs(said)) is not None


def words_that_tell(text: str, *names: str) -> list[str]:
    """The words of a text, as they stand in it, that tell one of the names."""
    found, text = finder(names), unicodedata.normalize("NFC", text)
    return [text[begin:end] for begin, end in telling_spans(text, found)] if found is not None else []


def without(text: str, names: list[str], gap: str) -> str:
    """The text with every name, and every word in which a part tells it, replaced by the gap, which has no letters.

    What is left tells none of the names: `tells(without(text, names, gap), *names)` is False.
    """
    found, text = finder(tuple(names)), unicodedata.normalize("NFC", text)
    while found is not None:
        spans = telling_spans(text, found)
        if not spans:
            break
        for begin, end in reversed(spans):
            text = text[:begin] + gap + text[end:]
    return text


def telling_spans(text: str, found: re.Pattern[str]) -> list[tuple[int, int]]:
    """From where to where the words of a text (in NFC) tell something, none over another."""
    places = list(folded(text))
    words = "".join(sign for sign, _ in places)
    spans: list[tuple[int, int]] = []
    for match in found.finditer(words):
        first, last = whole_words(words, *match.span(1))
        begin, end = places[first][1], places[last - 1][1] + 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        if spans and begin <= spans[-1][1]:
            begin, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((begin, end))
    return spans


def whole_words(words: str, begin: int, end: int) -> tuple[int, int]:
    """A find made as long as the words it stands in; marks stay with their letter."""
    while begin and joins(words[begin - 1], words[begin]):
        begin -= 1
    while end < len(words) and joins(words[end], words[end - 1]):
        end += 1
    return begin, end


def joins(sign: str, beside: str) -> bool:
    """Whether a sign belongs to the word of the sign beside it: in scripts without blanks only a mark does."""
    if unicodedata.category(sign)[0] == "M":
        return True
    return sign != " " and not (script(sign) in RUNS and script(beside) in RUNS)
