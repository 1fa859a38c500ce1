"""How words stand in tables."""

NO_BREAK = "\u00a0"


def unbroken(words: str) -> str:
    """The words on one line, however narrow their column."""
    return words.replace(" ", NO_BREAK)
