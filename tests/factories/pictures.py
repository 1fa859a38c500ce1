"""Pictures drawn for tests."""

import io
from typing import Any

from PIL import Image, ImageDraw


def drawn(width: int = 400, height: int = 200, kind: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture with a dark bar in a white ground that leaves a margin of a tenth."""
    picture = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(picture).rectangle(
        (width // 10, height // 10, width - width // 10 - 1, height - height // 10 - 1), fill="#0b3d5c"
    )
    return saved(picture, kind, **options)


def drawn_logo(word: str) -> bytes:
    """A logo that no other word has: the word in its pixels."""
    picture = Image.new("RGB", (320, 120), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 319, 119), outline="#0b3d5c", width=6)
    ImageDraw.Draw(picture).text((20, 50), word, fill="#0b3d5c")
    return saved(picture)


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
