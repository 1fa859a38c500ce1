"""The mark of the demo agency, drawn here: a harbor light over water."""

import io
import math

from PIL import Image, ImageDraw

ACCENT = "#1d4e79"
LIGHT = "#c06a00"
SIDE, FINER = 360, 4
"""Pixels of a side, and how many times finer it is drawn than kept, so that edges are smooth."""


def harbor_light() -> bytes:
    """The mark as PNG with a transparent ground."""
    picture = Image.new("RGBA", (SIDE * FINER, SIDE * FINER), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    tower(pen)
    beams(pen)
    for place, height in enumerate((292, 322)):
        wave(pen, height, 0.0 if place else math.pi / 2)
    file = io.BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def finer(*places: float) -> tuple[float, ...]:
    """Places of the kept picture in the one that is drawn."""
    return tuple(place * FINER for place in places)


def tower(pen: ImageDraw.ImageDraw) -> None:
    """A tower with a lamp, a roof and a band across."""
    pen.polygon(finer(150, 120, 210, 120, 232, 268, 128, 268), fill=ACCENT)
    pen.polygon(finer(143, 180, 217, 180, 221, 206, 139, 206), fill="white")
    pen.rectangle(finer(138, 106, 222, 120), fill=ACCENT)
    pen.rectangle(finer(160, 70, 200, 106), fill=LIGHT)
    pen.polygon(finer(150, 70, 210, 70, 180, 36), fill=ACCENT)


def beams(pen: ImageDraw.ImageDraw) -> None:
    """The light to both sides."""
    pen.polygon(finer(214, 84, 340, 44, 340, 122, 214, 94), fill=LIGHT)
    pen.polygon(finer(146, 84, 20, 44, 20, 122, 146, 94), fill=LIGHT)


def wave(pen: ImageDraw.ImageDraw, height: float, shift: float) -> None:
    """One line of water."""
    line = [(x * FINER, (height + 7 * math.sin(2 * math.pi * x / 90 + shift)) * FINER) for x in range(24, SIDE - 23, 2)]
    pen.line(line, fill=ACCENT, width=11 * FINER, joint="curve")
