"""Colors that people choose, and whether words in them can be read. Source: WCAG 2.2, relative luminance and contrast
ratio (success criterion 1.4.3).
"""

import colorsys
import re
from typing import Final

HEX: Final = re.compile(r"#[0-9a-f]{6}")
READABLE: Final = 4.5
"""The contrast that words of normal size need."""
WHITE: Final = "#ffffff"


def is_color(text: str) -> bool:
    """Whether this is a color as it is kept: "#" and six small hex digits."""
    return HEX.fullmatch(text) is not None


def luminance(color: str) -> float:
    """How bright a color is, from 0 (black) to 1 (white)."""
    red, green, blue = (linear(part) for part in parts_of(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    """One channel without the curve of sRGB."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def parts_of(color: str) -> tuple[float, float, float]:
    """Red, green and blue of a color, each from 0 to 1."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def contrast(one: str, other: str = WHITE) -> float:
    """The contrast ratio of two colors: 1 for the same, 21 for black and white."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def readable(color: str) -> str:
    """The color itself where words in it can be read on white, else the next darker tone of it that can."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*parts_of(color))
    while contrast(color) < READABLE:
        lightness = max(lightness - 0.005, 0.0)
        color = "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
    return color
