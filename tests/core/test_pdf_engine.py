"""core.pdf.engine: what a PDF holds, what it never opens, when it is refused, and that its bytes stay the same."""

import base64
import hashlib
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import BooleanObject, NameObject

from core.pdf.engine import FONTS, render
from core.pdf.errors import DocumentTooLarge
from core.pdf.limits import PROGRESS, Limits
from tests.pdf_faults import font_faults, opened, pdf_text

DAY = datetime(2027, 1, 12, 12, tzinfo=UTC)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
"""A PNG of one dot."""


@pytest.fixture
def page(tmp_path, settings):
    """Return a function that makes a PDF of a body of HTML."""
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]

    def make(
        body: str, lang: str = "en", limits: Limits | None = None, title: str = "A page", accent: str = ""
    ) -> bytes:
        text = '{% extends "pdf/document.html" %}{% block body %}' + body + "{% endblock %}"
        name = hashlib.sha256(text.encode()).hexdigest() + ".html"
        (tmp_path / name).write_text(text)
        return render(
            name,
            {},
            lang=lang,
            title=title,
            created=DAY,
            author="Harbor Light",
            accent=accent,
            limits=limits or Limits(),
        )

    return make


def images(pdf: bytes) -> int:
    return sum(len(page.images) for page in opened(pdf).pages)


def test_is_tagged_and_names_language_title_author_and_date(page):
    document = opened(page("<h1>Hello</h1><p>World</p>", lang="de", title="Ein Titel"))
    catalog = document.root_object
    assert catalog["/Lang"] == "de"
    assert catalog["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert "/StructTreeRoot" in catalog
    assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()
    assert document.metadata.title == "Ein Titel"
    assert document.metadata.author == "Harbor Light"
    assert document.metadata.creation_date == DAY


def test_a_title_with_markup_is_text(page):
    assert opened(page("<p>x</p>", title="<b>&</b>")).metadata.title == "<b>&</b>"


@pytest.mark.parametrize(
    "words",
    [
        "Łódź Örebro São Tomé Đặng Thị Ngọc ẞ Žižek",
        "Мария Ἑλένη Ελένη Тарас Ґ",
        "يوسف إبراهيم الخالدي",
        "שלום עולם",
        "देवी प्रसाद",
        "ሰላም ለዓለም",
        "สมชาย ใจดี",
        "김민준 이서윤 똠 펲",
        "山田太郎 サトウ さくら 辻",
        "诸葛恒 欧阳婷 李小龙",
        "陳志明 張學友 劉德華",
        "Հայաստան საქართველო বাংলা தமிழ் తెలుగు ગુજરાતી ਪੰਜਾਬੀ ಕನ್ನಡ മലയാളം ଓଡ଼ିଆ සිංහල ខ្មែរ ລາວ မြန်မာ",
    ],
)
def test_every_script_has_its_letters_embedded(page, words):
    assert font_faults(page(f"<p>{words}</p><p><b>{words}</b></p>")) == set()


def test_letters_of_all_sample_partners_are_there(page):
    samples = FONTS.parents[2] / "data" / "samples"
    names = "".join((samples / name).read_text("utf-8-sig") for name in ("generic/partners.csv", "generic/gifts.csv"))
    letters = "".join(sorted({letter for letter in names if letter.isprintable() and letter not in "<>&{}"}))
    assert len(letters) == 182
    assert font_faults(page(f"<p>{letters}</p>")) == set()


def test_a_letter_that_no_font_has_is_found_and_logged(page, caplog):
    (fault,) = font_faults(page("<p>Linear B: \U00010000</p>"))
    assert fault.startswith(".notdef in ")
    assert "U+10000" in caplog.text


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda font, _: font.update({NameObject("/BaseFont"): NameObject("/ABCDEF+DejaVu-Sans")}), "unlisted font"),
        (lambda _, descriptor: descriptor.pop("/FontFile2"), "not embedded"),
    ],
)
def test_a_font_that_is_not_bundled_or_not_embedded_is_found(page, damage, fault):
    writer: Any = PdfWriter(clone_from=BytesIO(page("<p>x</p>")))
    (font,) = (reference.get_object() for reference in writer.pages[0]["/Resources"]["/Font"].values())
    damage(font, font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object())
    damaged = BytesIO()
    writer.write(damaged)
    (found,) = font_faults(damaged.getvalue())
    assert found.startswith(fault)


def test_an_unknown_family_falls_back_to_a_bundled_one(page):
    pdf = page("<p style=\"font-family: 'DejaVu Sans', Arial, cursive\">Any words</p>")
    assert font_faults(pdf) == set()


def test_data_addresses_are_opened(page):
    assert images(page(f'<img alt="dot" src="data:image/png;base64,{PIXEL}">')) == 1


def test_files_are_never_opened(page, tmp_path):
    dot = tmp_path / "dot.png"
    dot.write_bytes(base64.b64decode(PIXEL))
    for address in (dot.as_uri(), str(dot), f"file://localhost{dot}", "FILE://" + str(dot)):
        assert images(page(f'<img alt="dot" src="{address}">')) == 0, address
    style = (
        f'<style>@font-face {{ font-family: "Own"; src: url({(FONTS / "NotoSansThai-Bold.ttf").as_uri()}) }}</style>'
    )
    assert "Thai" not in str(opened(page(style + '<p style="font-family: Own">a</p>')).pages[0]["/Resources"])


def test_the_network_is_never_asked(page):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        host = f"http://127.0.0.1:{server.getsockname()[1]}"
        body = (
            f'<link rel="stylesheet" href="{host}/a.css"><style>@import url({host}/b.css);</style>'
            f'<img alt="" src="{host}/c.png"><p style="background: url({host}/d.png)">words</p>'
            f'<link rel="attachment" href="{host}/e.pdf"><svg><image href="{host}/f.png"/></svg>'
        )
        assert pdf_text(page(body)).strip() == "words"
        with pytest.raises(TimeoutError):
            server.accept()


def test_too_many_pages_are_refused_while_they_are_laid_out(page):
    body = '<p style="break-after: page">x</p>' * 6
    assert len(opened(page(body, limits=Limits(pages=6))).pages) == 6
    with pytest.raises(DocumentTooLarge, match="more than 5 pages"):
        page(body, limits=Limits(pages=5))


def test_too_many_seconds_characters_and_bytes_are_refused(page):
    with pytest.raises(DocumentTooLarge, match="too long"):
        page("<p>x</p>" * 200, limits=Limits(seconds=0))
    with pytest.raises(DocumentTooLarge, match="500 characters"):
        page("<p>x</p>" * 200, limits=Limits(html_characters=500))
    with pytest.raises(DocumentTooLarge):
        page("<p>x</p>", limits=Limits(pdf_bytes=100))


def test_deep_nesting_is_refused(page):
    with pytest.raises(DocumentTooLarge, match="nested"):
        page("<div>" * 3000 + "x" + "</div>" * 3000)


def test_a_refusal_leaves_the_engine_ready(page):
    with pytest.raises(DocumentTooLarge):
        page("<p>x</p>", limits=Limits(seconds=0))
    assert PROGRESS.filters == []
    assert pdf_text(page("<p>well</p>")).strip() == "well"


def test_fontconfig_is_put_back_for_other_programs(page):
    before = os.environ.get("FONTCONFIG_FILE")
    page("<p>x</p>")
    assert os.environ.get("FONTCONFIG_FILE") == before


def test_threads_take_turns(page):
    alone = page("<p>together</p>")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(page, ["<p>together</p>"] * 8)) == {alone}
    assert threading.active_count() < 20


def test_the_same_content_gives_the_same_bytes_in_any_process():
    code = (
        "import django, hashlib, datetime; django.setup()\n"
        "from core.pdf.engine import render\n"
        "day = datetime.datetime(2027, 1, 12, tzinfo=datetime.UTC)\n"
        "pdf = render('pdf/document.html', {}, lang='ko', title='김민준 Łódź', created=day)\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    hashes = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        hashes.add(run.stdout)
    day = datetime(2027, 1, 12, tzinfo=UTC)
    hashes.add(
        hashlib.sha256(render("pdf/document.html", {}, lang="ko", title="김민준 Łódź", created=day)).hexdigest() + "\n"
    )
    assert len(hashes) == 1


def test_another_date_gives_other_bytes():
    made = [render("pdf/document.html", {}, lang="en", title="x", created=DAY.replace(day=day)) for day in (1, 2)]
    assert made[0] != made[1]


def test_fonts_stay_light_and_carry_their_licenses():
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 12 * 1024 * 1024
    assert {path.name for path in FONTS.glob("OFL-*")} == {"OFL-Noto.md", "OFL-Source-Sans.md", "OFL-Source-Serif.md"}


def test_an_accent_takes_the_place_of_the_color_and_of_nothing_else(page: Any) -> None:
    body = "<h1>Hello</h1><p class='x'>World</p><style>h1 { color: var(--brand) }</style>"
    plain, colored = page(body), page(body, accent="#1b4d8f")
    assert plain != colored
    assert pdf_text(plain) == pdf_text(colored)
    assert b"0.105882 0.301961 0.560784" in opened(colored).pages[0].get_contents().get_data()
    assert opened(plain).trailer["/ID"] != opened(colored).trailer["/ID"]


@pytest.mark.parametrize("accent", ["red", "#FFF", "#1b4d8f; } * { content: url(http://example.org/)"])
def test_an_accent_that_is_no_color_is_refused(page: Any, accent: str) -> None:
    with pytest.raises(ValueError, match="is no color"):
        page("<p>Hello</p>", accent=accent)
