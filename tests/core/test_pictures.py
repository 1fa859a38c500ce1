"""core.pictures: what is refused, and that nothing of an upload is kept but what was seen."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from core import pictures
from core.pictures import (
    PictureRefused,
    PictureTooHeavy,
    PictureTooSmall,
    PictureTooWide,
    PictureType,
    PictureUnreadable,
    PictureUnseen,
    made_anew,
)
from tests.factories.pictures import drawn, saved

SECRET = b"Somewhere-Secret"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def noted() -> PngInfo:
    """Words in a PNG."""
    words = PngInfo()
    words.add_text("Author", SECRET.decode())
    return words


def exif(**tags: Any) -> Image.Exif:
    """What a camera writes: 0x0112 is which side is up, 0x010F the maker."""
    made = Image.Exif()
    made[0x010F] = SECRET.decode()
    for tag, value in tags.items():
        made[int(tag.removeprefix("t"), 16)] = value
    return made


def bomb(width: int, height: int) -> bytes:
    """A small PNG whose head promises more pixels than anybody has memory for."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_the_empty_margin_goes_and_the_rest_fits_the_letterhead() -> None:
    small, large = made_anew(drawn(400, 200)), made_anew(drawn(4000, 1000))
    assert (small.width, small.height, small.content_type) == (320, 160, "image/png")
    assert (large.width, large.height) == (900, 225)
    assert opened(large.content).size == (900, 225)


def test_the_same_upload_gives_the_same_bytes() -> None:
    assert made_anew(drawn()).content == made_anew(drawn()).content


@pytest.mark.parametrize(
    "upload",
    [
        pytest.param(drawn(pnginfo=noted()), id="words"),
        pytest.param(drawn(exif=exif()), id="camera"),
        pytest.param(drawn(kind="JPEG", exif=exif()), id="camera of a photograph"),
        pytest.param(drawn(kind="JPEG", comment=SECRET), id="comment"),
        pytest.param(drawn(kind="JPEG", icc_profile=SECRET), id="color profile"),
        pytest.param(drawn() + SECRET, id="behind the end"),
    ],
)
def test_nothing_but_pixels_is_kept(upload: bytes) -> None:
    assert SECRET in upload
    kept = made_anew(upload).content
    assert SECRET not in kept
    assert not opened(kept).getexif()
    assert {"Author", "icc_profile", "comment"}.isdisjoint(opened(kept).info)


def test_a_picture_stands_upright() -> None:
    turned = made_anew(drawn(400, 200, kind="JPEG", exif=exif(t0112=6)))
    assert turned.width < turned.height


def test_what_is_see_through_stays_so() -> None:
    ground = Image.new("RGBA", (400, 200), (255, 255, 255, 0))
    ground.paste((11, 61, 92, 255), (50, 50, 350, 150))
    kept = made_anew(saved(ground))
    assert (kept.width, kept.height, opened(kept.content).mode) == (300, 100, "RGBA")


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "I;16"])
def test_every_kind_of_pixels_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = opened(drawn()).convert("L") if mode == "I;16" else opened(drawn()).convert(mode)
    if mode == "I;16":
        picture = picture.convert("I").point(lambda value: value * 256).convert("I;16")
    kept = opened(made_anew(saved(picture, kind)).content)
    shade = kept.convert("RGB").getpixel((160, 80))
    assert isinstance(shade, tuple)
    assert max(shade) < 130
    assert kept.size == (320, 160)


def test_a_photograph_stays_small() -> None:
    noise = Image.effect_noise((900, 360), 90).convert("RGB")
    assert made_anew(saved(noise)).content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        pytest.param(b"", PictureType, id="empty"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureType, id="svg"),
        pytest.param(b"%PDF-1.7", PictureType, id="pdf"),
        pytest.param(drawn(kind="GIF"), PictureType, id="gif"),
        pytest.param(drawn(kind="WEBP"), PictureType, id="webp"),
        pytest.param(b"\x89PNG\r\n\x1a\n", PictureUnreadable, id="head alone"),
        pytest.param(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", PictureUnreadable, id="script in a PNG's coat"),
        pytest.param(drawn()[:-200], PictureUnreadable, id="cut off"),
        pytest.param(drawn(kind="JPEG")[:400], PictureUnreadable, id="cut off photograph"),
        pytest.param(bomb(8_001, 10), PictureTooWide, id="long"),
        pytest.param(bomb(7_900, 7_900), PictureTooWide, id="many pixels"),
        pytest.param(bomb(60_000, 60_000), PictureTooWide, id="bomb"),
        pytest.param(saved(Image.new("RGB", (400, 200), "white")), PictureUnseen, id="white"),
        pytest.param(saved(Image.new("RGBA", (400, 200), (0, 0, 0, 0))), PictureUnseen, id="nothing"),
        pytest.param(drawn(147, 100), PictureTooSmall, id="small"),
        pytest.param(drawn() + b"\0" * pictures.MAX_BYTES, PictureTooHeavy, id="heavy"),
    ],
)
def test_what_is_refused_says_what_to_do(upload: bytes, refusal: type[PictureRefused]) -> None:
    with pytest.raises(refusal) as refused:
        made_anew(upload)
    assert type(refused.value) is refusal
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("filled", [True, False])
def test_what_is_cut_off_is_refused_also_beside_weasyprint(filled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is imported, Pillow fills what is missing with grey; that stays so for papers."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", filled)
    with pytest.raises(PictureUnreadable):
        made_anew(drawn()[:-200])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is filled


def test_a_picture_just_within_the_limit_is_taken() -> None:
    assert made_anew(drawn(150, 100)).width == pictures.MIN_SIDE


def test_too_many_pixels_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[Any] = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", unpacked.append)
    with pytest.raises(PictureTooWide):
        made_anew(bomb(7_900, 7_900))
    assert not unpacked
