"""Pictures that people upload, made anew: what is kept holds the pixels that were seen and nothing else of the file."""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops, ImageFile, ImageOps

from core.errors import Refused

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_PIXELS: Final = 16_000_000
"""Width times height, read from the head of the file before anything is unpacked: 64 MB in memory at most."""
MAX_SIDE: Final = 8_000
MIN_SIDE: Final = 120
"""Pixels of the longer side: fewer print as a blur."""
KEPT: Final = (900, 360)
"""The box that what is kept fits into: 300 dots per inch at the size in which a letterhead shows it."""
SEEN: Final = 24
"""How far from white (of 255) a pixel must be to be seen on paper."""
FORMATS: Final = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff"}
KINDS: Final = ("image/png", "image/jpeg")
ONE_AT_A_TIME: Final = threading.Lock()
"""What Pillow is told counts for the whole process."""
UNREADABLE: Final = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, EOFError)
"""What Pillow raises for a picture that is cut off or damaged."""


class PictureRefused(Refused):
    """Something about an uploaded picture."""

    status = 422
    field = "file"


class PictureTooHeavy(PictureRefused):
    """More bytes than a letterhead needs."""

    code = "file_too_large"
    status = 413
    message = "The file is larger than 2 MB. Save the picture smaller: 900 pixels wide is enough."


class PictureType(PictureRefused):
    """The content decides, not the name. SVG is a program, and is not taken."""

    code = "file_type"
    message = "This is not a PNG or JPEG picture. Save it as PNG, best with a transparent ground, and choose that file."


class PictureTooWide(PictureRefused):
    """A small file can unpack into gigabytes; the head of the file tells."""

    code = "picture_too_large"
    message = "The picture has too many pixels. Save it smaller: 900 pixels wide is enough."


class PictureTooSmall(PictureRefused):
    """It would print as a blur."""

    code = "picture_too_small"
    message = f"The picture is too small to print. Without its margin it needs {MIN_SIDE} pixels on its longer side."


class PictureUnreadable(PictureRefused):
    """Cut off or damaged."""

    code = "picture_unreadable"
    message = "The picture cannot be opened: the file is damaged. Save it anew and choose it again."


class PictureUnseen(PictureRefused):
    """White on white."""

    code = "picture_unseen"
    message = "Nothing of this picture can be seen on white paper. Choose the version for a light ground."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept. Sizes in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


def made_anew(content: bytes) -> Picture:
    """The picture of an upload, upright, without its empty margin, at most KEPT large, and without everything that is
    no pixel: place and camera, color profile, words, what hangs behind the end. The same content gives the same bytes.

    Raises PictureTooHeavy, PictureType, PictureTooWide, PictureUnreadable, PictureUnseen, PictureTooSmall.
    """
    if len(content) > MAX_BYTES:
        raise PictureTooHeavy
    if not any(content.startswith(signature) for signature in FORMATS.values()):
        raise PictureType
    try:
        upright = unpacked(content)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureTooWide from None
    except UNREADABLE:
        raise PictureUnreadable from None
    trimmed = upright.crop(seen_part(upright))
    if max(trimmed.size) < MIN_SIDE:
        raise PictureTooSmall
    trimmed.thumbnail(KEPT, Image.Resampling.LANCZOS)
    return packed(trimmed)


def unpacked(content: bytes) -> Image.Image:
    """The pixels, upright, in RGB or with transparency in RGBA. Raises PictureTooWide before it unpacks."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        opened = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
        width, height = opened.size
        if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
            raise PictureTooWide
        with strictly():
            opened.load()
        upright = ImageOps.exif_transpose(opened)
        if upright.mode in ("I", "I;16", "F"):  # 16 bits of grey, which Pillow would cut off at white
            upright = upright.convert("I").point(lambda value: value / 256).convert("L")
        return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


@contextmanager
def strictly() -> Iterator[None]:
    """Refuse what is cut off, whatever the process was told before: WeasyPrint tells Pillow to fill it with grey."""
    with ONE_AT_A_TIME:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def seen_part(picture: Image.Image) -> tuple[int, int, int, int]:
    """The smallest box that holds all that can be seen on white paper. Raises PictureUnseen."""
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    difference = ImageChops.difference(paper, Image.new("RGB", picture.size, "white")).convert("L")
    box = difference.point(lambda value: 255 if value >= SEEN else 0).getbbox()
    if box is None:
        raise PictureUnseen
    return box


def packed(picture: Image.Image) -> Picture:
    """The pixels as PNG; as JPEG where that is much smaller, for a photograph."""
    png, jpeg = io.BytesIO(), io.BytesIO()
    clean = Image.new(picture.mode, picture.size)  # a picture without the `info` of the file it came from
    clean.paste(picture)
    clean.save(png, "PNG", optimize=True)
    if clean.mode == "RGB":
        clean.save(jpeg, "JPEG", quality=90, optimize=True)
    if 0 < jpeg.tell() < png.tell() // 3:
        return Picture(jpeg.getvalue(), "image/jpeg", *clean.size)
    return Picture(png.getvalue(), "image/png", *clean.size)
