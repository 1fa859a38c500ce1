"""What the template of a statement shows: every amount, date and phrase ready as text, so the template places it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_date
from babel.numbers import get_currency_name

from core.money import Money
from core.pdf.direction import amount_isolated, direction_of, isolated
from core.pdf.paper import paper_of
from reports.documents.statement.content import Agency, GoodsOrServices, InReturn, Line, Statement
from reports.documents.statement.quid_pro_quo import Disclosure, disclosures
from reports.documents.statement.words import ENGLISH, Words, words_for


@dataclass(frozen=True, slots=True)
class Row:
    """One gift line as text."""

    date: str
    designation: str
    in_return: str
    amount: str = ""
    tendered: str = ""
    refund: bool = False
    description: str = ""
    through: str = ""


@dataclass(frozen=True, slots=True)
class CurrencyTable:
    """The gifts of one currency with their own total."""

    title: str
    total_label: str
    total: str
    rows: tuple[Row, ...]
    has_tendered: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of law, under its label, in the words of the statement and, where that is not English, in English."""

    label: str
    text: str
    english: str = ""


class Page:
    """The texts of one statement, each property a part of the page in order."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.words: Words = words_for(statement.receiver.language)
        self.locale = locale_of(statement, self.words)
        self.direction = direction_of(self.words.lang)
        self.agency = self._own(statement.agency.name)
        self.agency_lines = self._letterhead(statement.agency)
        self.receiver = self._own(statement.receiver.name)
        self.receiver_lines = [self._own(line) for line in statement.receiver.address]
        self.number = self._own(statement.number)
        self.ein = self._own(f"EIN {statement.agency.ein}") if statement.agency.ein else ""

    def _letterhead(self, agency: Agency) -> list[str]:
        identity = f"{self.words.tax_id} {self._own(agency.ein)}" if agency.ein else ""
        reached = " · ".join(part for part in (identity, self._own(agency.contact)) if part)
        return [line for line in (self._own(" · ".join(agency.address)), reached) if line]

    @property
    def paper(self) -> str:
        """Return the class of the page size: the agency prints and posts, so its country decides."""
        return paper_of(self.statement.agency.country)

    @property
    def title(self) -> str:
        """Return the heading."""
        return self.words.title.format(year=self.statement.year)

    @property
    def issued(self) -> str:
        """Return the date of the statement."""
        return self._long(self.statement.issued_on)

    @property
    def corrected(self) -> str:
        """Return the note of a corrected statement, else nothing."""
        old = self.statement.replaces
        if old is None:
            return ""
        dated = self._long(old.issued_on)
        return self.words.corrected.format(version=self.statement.version, replaced=old.version, date=dated)

    @property
    def opening(self) -> str:
        """Return the first sentence: thanks, or that no gift is left."""
        phrase = self.words.thanks if self.statement.lines else self.words.no_gifts
        return phrase.format(agency=self.agency, year=self.statement.year)

    @property
    def control(self) -> str:
        """Return the sentence of Revenue Ruling 62-113."""
        return self.words.control.format(agency=self.agency)

    @property
    def page_number(self) -> tuple[str, str, str]:
        """Return the words before, between and behind the number of the page and the count of pages."""
        before, _, rest = self.words.page.partition("{page}")
        between, _, after = rest.partition("{pages}")
        return before, between, after

    @property
    def tables(self) -> list[CurrencyTable]:
        """Return a table per currency; totals stand in one currency each."""
        return [
            self._table(lines, self.statement.totals[code], code) for code, lines in self.statement.money_lines.items()
        ]

    @property
    def has_tendered(self) -> bool:
        """Say whether some gift was given in another currency than it is shown in."""
        return any(table.has_tendered for table in self.tables)

    def _table(self, lines: list[Line], total: Money, code: str) -> CurrencyTable:
        name = get_currency_name(code, count=2, locale=self.locale)
        named = name if name == code else f"{name} ({code})"
        rows = tuple(self._row(line) for line in lines)
        return CurrencyTable(
            title=self.words.gifts_in.format(currency=named),
            total_label=self.words.total_in.format(currency=named),
            total=self._money(total),
            rows=rows,
            has_tendered=any(row.tendered for row in rows),
        )

    def _row(self, line: Line) -> Row:
        amount, tendered = line.amount, line.tendered
        other = tendered if tendered and amount and tendered.currency != amount.currency else None
        return Row(
            date=self._short(line.given_on),
            designation=self._own(line.designation),
            in_return=self._in_return(line.goods_or_services),
            amount=self._money(amount) if amount else "",
            tendered=self._money(other) if other else "",
            refund=bool(amount and amount.minor < 0),
            description=self._own(line.in_kind),
        )

    @property
    def goods(self) -> list[Row]:
        """Return the gifts in kind, described and without a value."""
        in_kind = [line for line in self.statement.lines if line.in_kind]
        return [self._row(line) for line in sorted(in_kind, key=lambda line: line.given_on)]

    @property
    def recognized(self) -> list[Row]:
        """Return the soft credits: listed apart, in no total."""
        return [
            Row(
                date=self._short(credit.given_on),
                designation=self._own(credit.designation),
                in_return="",
                amount=self._money(credit.amount),
                through=self._own(credit.through),
            )
            for credit in sorted(self.statement.soft_credits, key=lambda credit: credit.given_on)
        ]

    @property
    def law(self) -> list[Sentence]:
        """Return the sentences on goods or services that occur in the statement, once each."""
        occurring = {line.goods_or_services.kind for line in self.statement.lines}
        return [sentence for kind, sentence in self._sentences() if kind in occurring]

    def _sentences(self) -> Iterator[tuple[InReturn, Sentence]]:
        words = self.words
        foreign = words is not ENGLISH
        yield (
            InReturn.NOTHING,
            Sentence(words.nothing, words.law_nothing, ENGLISH.law_nothing if foreign else ""),
        )
        yield (
            InReturn.DESCRIBED,
            Sentence(words.goods_or_services, words.law_described, ENGLISH.law_described if foreign else ""),
        )
        yield (
            InReturn.INTANGIBLE,
            Sentence(words.intangible, words.law_intangible, ENGLISH.law_intangible if foreign else ""),
        )

    def _in_return(self, given: GoodsOrServices) -> str:
        if given.kind is InReturn.NOTHING:
            return self.words.nothing
        if given.kind is InReturn.INTANGIBLE:
            return self.words.intangible
        estimate = self._money(given.good_faith_estimate) if given.good_faith_estimate else ""
        return self.words.described.format(description=self._own(given.description), estimate=estimate)

    @property
    def disclosures(self) -> list[Sentence]:
        """Return the quid pro quo disclosures."""
        found = disclosures(self.statement.lines)
        if self.words is ENGLISH:
            return [Sentence("", self._disclosed(one)) for one in found]
        english = Page(replace(self.statement, receiver=replace(self.statement.receiver, language=ENGLISH.lang)))
        return [Sentence("", self._disclosed(one), english._disclosed(one)) for one in found]

    def _disclosed(self, one: Disclosure) -> str:
        text = self.words.disclosure.format(
            payment=self._money(one.payment),
            date=self._long(one.given_on),
            description="; ".join(self._own(description) for description in one.descriptions),
            estimate=" + ".join(self._money(estimate) for estimate in one.estimates),
        )
        excess = one.excess
        return f"{text} {self.words.disclosure_excess.format(excess=self._money(excess))}" if excess else text

    def _own(self, text: str) -> str:
        """Return a name or number with its own order kept: an English name on an Arabic page, and the other way."""
        return isolated(text, self.direction)

    def _money(self, amount: Money) -> str:
        return amount_isolated(amount.format(self.locale), self.direction)

    def _short(self, day: date) -> str:
        return format_date(day, "medium", locale=self.locale)

    def _long(self, day: date) -> str:
        return format_date(day, "long", locale=self.locale)


def locale_of(statement: Statement, words: Words) -> str:
    """Return how figures are written: as the agency does where it shares the language, else as the language does."""
    agency_locale = statement.agency.locale
    return agency_locale if agency_locale.partition("_")[0] == words.lang else words.lang
