"""In which languages letters are written, and how long they may be."""

from typing import Final

from babel import Locale

LANGUAGES: Final = ("en", "ar", "de", "es", "fr", "he", "hi", "id", "ko", "nl", "pt", "ru", "sw", "zh")
MOST_BODY: Final = 50_000


def languages() -> list[tuple[str, str]]:
    """The languages of letters, each by its own name."""
    return [(code, str(Locale.parse(code).get_display_name(code)).capitalize()) for code in LANGUAGES]
