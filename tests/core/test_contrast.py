"""The colors of static/css/tokens.css keep their contrast in both themes (WCAG 2.2: 4.5 for text, 3 for controls)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"

TEXT, CONTROL, BODY = 4.5, 3.0, 7.0
PAIRS = [
    ("ink", "canvas", BODY),
    ("ink", "surface", BODY),
    ("ink", "sunken", BODY),
    ("ink-2", "canvas", TEXT),
    ("ink-2", "sunken", TEXT),
    ("ink-3", "canvas", TEXT),
    ("ink-3", "surface", TEXT),
    ("ink-3", "sunken", TEXT),
    ("brand", "canvas", TEXT),
    ("brand", "surface", TEXT),
    ("brand", "brand-tint", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT),
    ("control", "canvas", CONTROL),
    ("control", "surface", CONTROL),
    ("focus", "canvas", CONTROL),
    ("focus", "surface", CONTROL),
    ("focus", "sunken", CONTROL),
    ("done", "done-tint", TEXT),
    ("prog", "prog-tint", TEXT),
    ("warn", "warn-tint", TEXT),
    ("bad", "bad-tint", TEXT),
    ("none", "none-tint", TEXT),
    ("done", "canvas", TEXT),
    ("bad", "canvas", TEXT),
    ("warn", "canvas", TEXT),
    ("d1", "canvas", CONTROL),
    ("d2", "canvas", CONTROL),
    ("d3", "canvas", CONTROL),
    ("d4", "canvas", CONTROL),
    ("ink", "q1", TEXT),
    ("ink", "q2", TEXT),
    ("ink", "q3", TEXT),
    ("on-brand", "q5", TEXT),
    ("ink", "band", TEXT),
    ("d1", "band", CONTROL),
]


def tokens(theme: str) -> dict[str, str]:
    """The color tokens of one theme, read from the stylesheet that is served."""
    found = re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS.read_text())
    return {name: light if theme == "light" else dark for name, light, dark in found}


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def failures(colors: dict[str, str]) -> list[str]:
    return [f"{a} on {b}" for a, b, least in PAIRS if contrast(colors[a], colors[b]) < least]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_has_its_contrast(theme):
    assert len(PAIRS) == 36
    assert failures(tokens(theme)) == []


def test_contrast_agrees_with_the_published_values():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_a_pale_text_would_be_found():
    pale = tokens("light") | {"ink-3": "#9a9a9a"}
    assert failures(pale) == ["ink-3 on canvas", "ink-3 on surface", "ink-3 on sunken"]


def test_no_component_brings_a_color_of_its_own():
    """Colors live in tokens.css; print and the white ground of a QR code are the exceptions."""
    allowed = {"print.css": {"#999", "#444"}, "forms.css": {"#ffffff"}}
    sheets = [sheet for sheet in TOKENS.parent.rglob("*.css") if sheet != TOKENS]
    strange = {
        sheet.name: sorted(found)
        for sheet in sheets
        if (found := set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text())) - allowed.get(sheet.name, set()))
    }
    assert strange == {}
