"""render_statement: what a reader finds in the PDF."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.money import Money, exponent
from reports.documents.statement import Agency, Line, Receiver, Replaced, SoftCredit, file_name, render_statement
from tests.pdf_faults import font_faults, opened, pdf_text
from tests.reports.documents.givers import AGENCY, DINNER, INTANGIBLE, NOTHING, RECEIVER, line, statement

LAPTOPS = Line(date(2026, 9, 12), "Coastal Schools", NOTHING, in_kind="Two used laptop computers")
KOREAN = Receiver("김민준·이서윤", ("서울특별시 종로구 세종대로 1",), "ko")
ARABIC = Receiver("يوسف إبراهيم الخالدي", ("شارع الخليج", "مدينة الكويت"), "ar")
LETTER, A4 = (612, 792), (595, 842)


def year_of(gifts: int) -> list[Line]:
    return [line(5000 + i * 1234, day=date(2026, 1 + i % 12, 1 + i % 28)) for i in range(gifts)]


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"[\s\u00a0]+", " ", page.extract_text()) for page in opened(pdf).pages]


def size_of(pdf: bytes) -> tuple[int, int]:
    box = opened(pdf).pages[0].mediabox
    return round(box.width), round(box.height)


def test_one_gift_says_who_what_when_and_that_nothing_was_given_for_it():
    text = pdf_text(render_statement(statement(line(25000))))
    for words in (
        "Harbor Light Mission 4099 Chapel Road · Port Alderney, WA 98694 EIN 98-7654321",
        "Daniel and Ruth Okafor 118 Orchard Lane Millbrook, NY 12545",
        "Statement number 2026-000123 Date of statement January 12, 2027",
        "Mar 3, 2026 General Fund Nothing $250.00 Total in US dollars (USD) $250.00",
        "Nothing: No goods or services were provided in exchange for this gift.",
        "has full control and discretion over their use",
    ):
        assert words in text
    assert "intangible" not in text.lower()
    assert "$75" not in text
    assert "deductible" not in text


def test_the_three_statements_of_law_stand_each_beside_its_gift():
    lines = (line(2500, goods_or_services=INTANGIBLE), line(15000, goods_or_services=DINNER), line(5000))
    text = pdf_text(render_statement(statement(*lines)))
    assert "General Fund Intangible religious benefits $25.00" in text
    assert "General Fund Benefit dinner for two, estimated at $60.00 $150.00" in text
    assert "General Fund Nothing $50.00" in text
    assert "consisted entirely of intangible religious benefits." in text
    assert "with a good-faith estimate of their value." in text
    assert "No goods or services were provided in exchange for this gift." in text


def test_quid_pro_quo_is_disclosed_over_75_dollars_and_not_below():
    text = pdf_text(render_statement(statement(line(15000, goods_or_services=DINNER))))
    assert (
        "Your payment of $150.00 on March 3, 2026 was made partly for goods or services: Benefit dinner for two."
        in text
    )
    assert "Our good-faith estimate of their value is $60.00." in text
    assert "limited to the excess of what you paid over the value" in text
    assert "That excess is $90.00." in text
    assert "limited to the excess" not in pdf_text(render_statement(statement(line(7500, goods_or_services=DINNER))))


def test_goods_are_described_and_carry_no_value():
    text = pdf_text(render_statement(statement(LAPTOPS)))
    assert "Sep 12, 2026 Two used laptop computers Coastal Schools Nothing We describe these gifts" in text
    assert not re.search(r"[$€₩]|USD|Total", text)


def test_a_refund_is_a_negative_line_and_comes_off_the_total():
    text = pdf_text(render_statement(statement(line(5000), line(-1250, day=date(2026, 7, 1)))))
    assert "Jul 1, 2026 Refund: General Fund Nothing -$12.50 Total in US dollars (USD) $37.50" in text


def test_what_was_given_in_another_currency_stands_beside_and_is_not_added():
    lines = (line(10912, tendered=Money(10000, "EUR")), line(5000, tendered=Money(5000, "USD")))
    text = pdf_text(render_statement(statement(*lines)))
    assert "You gave Amount" in text
    assert "Nothing €100.00 $109.12" in text
    assert "Nothing $50.00 Total in US dollars (USD) $159.12" in text
    assert "You gave" not in pdf_text(render_statement(statement(line(5000, tendered=Money(5000, "USD")))))


def test_soft_credits_are_thanked_for_apart_and_not_added():
    credit = SoftCredit(date(2026, 11, 2), "River Delta", "Alder Donor-Advised Fund", Money(50000, "USD"))
    text = pdf_text(render_statement(statement(line(5000), soft_credits=(credit,))))
    before, _, after = text.partition("For recognition only, not for tax purposes")
    assert "Total in US dollars (USD) $50.00" in before
    assert "$500.00" not in before
    assert "Nov 2, 2026 River Delta Alder Donor-Advised Fund $500.00" in after
    assert "Total" not in after


def test_a_corrected_statement_names_the_version_it_replaces():
    corrected = statement(line(), version=2, replaces=Replaced(1, date(2027, 1, 5)))
    assert "Corrected statement, version 2. It replaces version 1 of January 5, 2027." in pdf_text(
        render_statement(corrected)
    )
    empty = statement(version=2, replaces=Replaced(1, date(2027, 1, 5)))
    assert "No gifts of 2026 remain on record." in pdf_text(render_statement(empty))


def test_sixty_gifts_repeat_the_table_head_agency_and_page_number_on_each_page():
    pdf = render_statement(statement(*year_of(60)))
    pages = pages_of(pdf)
    assert len(pages) == 3
    for number, text in enumerate(pages, 1):
        assert "Harbor Light Mission · EIN 98-7654321 · Giving statement 2026 · 2026-000123" in text
        assert f"Page {number} of 3" in text
        assert "Date For In return Amount" in text
    total = Money(sum(5000 + i * 1234 for i in range(60)), "USD").format()
    assert f"Total in US dollars (USD) {total}" in " ".join(pages)
    assert font_faults(pdf) == set()


def test_twelve_gifts_fit_on_one_page_of_both_papers():
    for country in ("US", "DE"):
        pdf = render_statement(statement(*year_of(12), agency=replace(AGENCY, country=country)))
        assert len(opened(pdf).pages) == 1


@pytest.mark.parametrize(
    ("country", "size"), [("US", LETTER), ("ca", LETTER), ("PH", LETTER), ("DE", A4), ("KW", A4), ("GB", A4)]
)
def test_the_country_of_the_agency_chooses_the_paper(country, size):
    assert size_of(render_statement(statement(line(), agency=replace(AGENCY, country=country)))) == size


@pytest.mark.parametrize(
    ("receiver", "lang", "words"),
    [
        (RECEIVER, "en", ["Daniel and Ruth Okafor", "$1,234.56"]),
        (KOREAN, "ko", ["김민준·이서윤", "2026년 헌금 내역서", "US$1,234.56", "2026. 3. 3."]),
        (ARABIC, "ar", ["يوسف إبراهيم الخالدي", "1,234.56 US$", "2026-000123", "98-7654321"]),
        (
            Receiver("Jürgen Müßig", (), "de"),
            "de",
            ["Jürgen Müßig", "Spendenaufstellung 2026", "1.234,56 $", "03.03.2026"],
        ),
        (Receiver("João Conceição", (), "pt"), "en", ["João Conceição", "Giving statement 2026"]),
        (Receiver("陳志明 山田 สมชาย ሰላም देवी שלום", (), "en"), "en", ["陳志明 山田", "Giving statement 2026"]),
    ],
)
def test_language_title_tags_and_fonts(receiver, lang, words):
    pdf = render_statement(statement(line(123456), LAPTOPS, receiver=receiver))
    document = opened(pdf)
    assert document.root_object["/Lang"] == lang
    assert "/StructTreeRoot" in document.root_object
    assert document.metadata.title.endswith(", 2026-000123")
    assert document.metadata.author == "Harbor Light Mission"
    assert font_faults(pdf) == set()
    text = pdf_text(pdf)
    for part in words:
        assert part in text


def test_other_languages_repeat_the_sentences_of_law_in_english():
    text = pdf_text(render_statement(statement(line(15000, goods_or_services=DINNER), line(), receiver=KOREAN)))
    assert "이 헌금의 대가로 제공된 재화나 용역이 없습니다." in text
    assert "No goods or services were provided in exchange for this gift." in text
    assert "Your payment of $150.00 on March 3, 2026 was made partly for goods or services" in text


def test_long_names_wrap_and_words_too_long_for_their_column_are_broken():
    name = "The Most Reverend Doctor Maximilian Featherstonehaugh of Saint Wilfrid's Parish and Guild " * 2
    fund = "A very long designation for the translation of the Scriptures into very many minority languages"
    unbroken = "Donaudampfschifffahrtsgesellschaftskapitänswitwenundwaisenunterstützungsverein"
    lines = (line(designation=fund), line(designation=unbroken))
    receiver = Receiver(name.strip(), (unbroken,))
    text = pdf_text(render_statement(statement(*lines, receiver=receiver)))
    assert name.strip() in text
    assert fund in text
    assert unbroken not in text
    assert text.replace(" ", "").count(unbroken) == 2


def test_names_with_markup_are_text():
    text = pdf_text(
        render_statement(statement(line(designation="{{ 7|add:7 }} <b>x</b>"), receiver=Receiver("A & B <i>")))
    )
    assert "A & B <i>" in text
    assert "{{ 7|add:7 }} <b>x</b>" in text


def test_no_person_is_in_metadata_or_file_name():
    made = statement(line())
    document = opened(render_statement(made))
    hidden = str(document.metadata) + document.root_object["/Metadata"].get_object().get_data().decode()
    assert "Okafor" not in hidden
    assert file_name(made) == "giving-statement-2026-000123-v1.pdf"
    assert file_name(replace(made, number="../Łódź/2026 7")) == "giving-statement-d-2026-7-v1.pdf"


def test_the_same_statement_is_the_same_bytes_and_any_change_is_not():
    made = statement(line(), LAPTOPS)
    assert render_statement(made) == render_statement(statement(line(), LAPTOPS))
    assert render_statement(made) != render_statement(replace(made, issued_on=date(2027, 1, 13)))
    assert render_statement(made) != render_statement(statement(line(5001), LAPTOPS))


AMOUNTS = st.integers(-(10**9), 10**9).filter(bool)
CURRENCIES = st.sampled_from(["USD", "EUR", "KRW", "KWD"])
SYMBOLS = {"USD": "$", "EUR": "€", "KRW": "₩", "KWD": "KWD "}


@given(lines=st.lists(st.tuples(AMOUNTS, CURRENCIES), min_size=1, max_size=30))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lines_add_up_in_the_printed_text_per_currency(lines):
    made = statement(*(line(minor, currency) for minor, currency in lines), agency=Agency("Agency", "", ()))
    text = pdf_text(render_statement(made))
    for currency in {currency for _, currency in lines}:
        total, printed = printed_total_and_amounts(text, currency)
        assert sum(printed) == total
        assert total == sum(Decimal(minor).scaleb(-exponent(currency)) for minor, code in lines if code == currency)
        assert len(printed) == sum(code == currency for _, code in lines)


def printed_total_and_amounts(text: str, currency: str) -> tuple[Decimal, list[Decimal]]:
    """Return the total that stands in the text and the amounts of the table above it."""
    amount = rf"(-?){re.escape(SYMBOLS[currency])}([0-9,.]+)"
    name = rf"[^()]*\({currency}\)"
    ((table, total),) = re.findall(rf"Gifts in {name}(.*?)Total in {name} ({amount.replace('(', '(?:')})", text)
    found = [Decimal(sign + digits.replace(",", "")) for sign, digits in re.findall(rf"Nothing {amount}", table)]
    ((sign, digits),) = re.findall(amount, total)
    return Decimal(sign + digits.replace(",", "")), found
