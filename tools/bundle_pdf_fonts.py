#!/usr/bin/env python3
"""Build core/pdf/fonts/: the only fonts that a PDF may use. Noto is subset so that the repository stays light; Source
is copied as it came, because "Source" is a Reserved Font Name that a modified version may not bear.

    python tools/bundle_pdf_fonts.py SOURCES

SOURCES holds, unpacked: the npm packages source-sans 3.52.0 and source-serif 4.5.1 (folders `source-sans`,
`source-serif`) and the Debian packages fonts-noto-core 20201225 and fonts-noto-cjk 20220127 (folder `noto`). All are
under the SIL Open Font License 1.1. Run it again only to add a script or a character set; the output is committed.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "core" / "pdf" / "fonts"
UNMODIFIED = (
    "source-sans/TTF/SourceSans3-Regular.ttf",
    "source-sans/TTF/SourceSans3-Semibold.ttf",
    "source-serif/TTF/SourceSerif4-Semibold.ttf",
)
NOTO_BOLD_TOO = ("Arabic", "Hebrew", "Devanagari", "Ethiopic", "Thai")
NOTO_REGULAR = (
    *NOTO_BOLD_TOO, "", "Armenian", "Bengali", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao",
    "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu",
)  # fmt: skip
CJK_FACE = {"JP": 0, "KR": 1, "SC": 2, "TC": 3}
"""Index of each region's face in NotoSansCJK-Regular.ttc."""

LATIN_FEATURES = "ccmp,kern,liga,locl,mark,mkmk,lnum,tnum"
"""Small capitals, swashes and the like double the file and are never asked for."""
CJK_FEATURES = "ccmp,kern,locl,mark,mkmk"


def in_charset(codec: str, leads: Iterable[int], trails: Iterable[int]) -> set[str]:
    """Return the characters that the double-byte codec knows for these lead and trail bytes."""
    pairs = [(bytes([lead, trail])) for lead in leads for trail in tuple(trails)]
    return {char for pair in pairs for char in pair.decode(codec, errors="ignore")}


SPACES = {" ", "\u00a0", "\u3000"}
"""In every font, for a space stays in the run of the letters before it."""


def han(chars: set[str]) -> set[str]:
    """Return only the ideographs: marks and punctuation come from the Japanese face."""
    return {char for char in chars if "\u4e00" <= char <= "\u9fff"}


def cjk_characters() -> dict[str, set[str]]:
    """Return the characters per region, ideographs of a later region only where no earlier one has them.

    KR all Hangul; SC GB 2312; TC Big5 level 1 beyond that; JP the whole of JIS X 0208 level 1 (daily use, in Japanese
    shapes) with kana and marks, and of level 2 the rest.
    """
    high = range(0xA1, 0xFF)
    simplified = han(in_charset("gb2312", high, high))
    frequent_traditional = han(in_charset("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *high)))
    daily_japanese = in_charset("euc_jp", range(0xA1, 0xD0), high)
    rare_japanese = in_charset("euc_jp", range(0xD0, 0xFF), high) - simplified - frequent_traditional
    return {
        "KR": {chr(code) for code in range(0xAC00, 0xD7A4)},
        "SC": simplified,
        "TC": frequent_traditional - simplified,
        "JP": daily_japanese | rare_japanese,
    }


def subset(source: Path, target: str, features: str, *options: str) -> None:
    """Write one subset font without hinting (print does not use it)."""
    pyftsubset = Path(sys.executable).parent / "pyftsubset"
    subprocess.run(
        [
            pyftsubset,
            source,
            f"--output-file={OUT / target}",
            f"--layout-features={features}",
            "--no-hinting",
            *options,
        ],
        check=True,
    )


def main(sources: Path) -> None:
    """Build every font and print its size in KiB."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name in UNMODIFIED:
        shutil.copyfile(sources / name, OUT / Path(name).name)
    noto = sources / "noto"
    for weight, scripts in (("Regular", NOTO_REGULAR), ("Bold", NOTO_BOLD_TOO)):
        for script in scripts:
            font = f"NotoSans{script}-{weight}.ttf"
            subset(noto / "truetype" / "noto" / font, font, "*" if script else LATIN_FEATURES, "--unicodes=*")
    cjk = noto / "opentype" / "noto" / "NotoSansCJK-Regular.ttc"
    for region, chars in cjk_characters().items():
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as text:
            text.write("".join(sorted(chars | SPACES)))
            text.flush()
            face = f"--font-number={CJK_FACE[region]}"
            subset(cjk, f"NotoSansCJK{region}-Regular.otf", CJK_FEATURES, face, f"--text-file={text.name}")
    for path in sorted(OUT.glob("*.?tf")):
        print(f"{path.stat().st_size / 1024:8.0f}  {path.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
