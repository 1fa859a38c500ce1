"""What somebody wrote, said back to them."""

import pytest

from core.quoting import quoted


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1e400", "“1e400”"),
        ("it's", "“it's”"),
        ("x" * 41, f"“{'x' * 40}…”"),
        ("two\nlines", "“two\\nlines”"),
        ("\u202etxt.exe", "“\\u202etxt.exe”"),
        ("١٢٥", "“١٢٥”"),
    ],
)
def test_a_sentence_stays_a_line(written: str, said: str) -> None:
    assert quoted(written) == said
