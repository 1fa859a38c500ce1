"""core.colors: whether words can be read. Expected ratios are those of WCAG's own examples and tools."""

import pytest

from core.colors import READABLE, contrast, is_color, readable


@pytest.mark.parametrize(
    ("color", "ratio"), [("#ffffff", 1.0), ("#000000", 21.0), ("#777777", 4.48), ("#767676", 4.54), ("#ff0000", 4.0)]
)
def test_contrast_on_white(color: str, ratio: float) -> None:
    assert round(contrast(color), 2) == ratio


def test_contrast_does_not_ask_which_is_the_ground() -> None:
    assert contrast("#0e5a5e", "#ffffff") == contrast("#ffffff", "#0e5a5e")


@pytest.mark.parametrize("text", ["", "0e5a5e", "#0E5A5E", "#0e5a5", "#0e5a5e0", "#0e5a5g", "red", "#0e5a5e;}"])
def test_what_is_no_color(text: str) -> None:
    assert not is_color(text)


def test_a_color_that_can_be_read_stays() -> None:
    assert (readable("#0e5a5e"), is_color("#0e5a5e")) == ("#0e5a5e", True)


@pytest.mark.parametrize("pale", ["#ffd200", "#ffffff", "#77c1ff", "#ff8800", "#00ff00", "#777777"])
def test_a_pale_color_gets_the_next_darker_tone_and_not_a_darker_one(pale: str) -> None:
    offered = readable(pale)
    assert is_color(offered)
    assert READABLE <= contrast(offered) < READABLE + 0.25
