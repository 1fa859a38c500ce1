"""Judging a table of partners: needed values, kinds, e-mail addresses, repeats, and who may be the same person."""

from dataclasses import dataclass, field, replace

from core.quoting import quoted
from imports.reading.cells import without_invisible
from imports.reading.delimited import Table
from partners.imports.asked import Asked, refuse_frequency
from partners.imports.cell_warnings import NAMES, CellWarnings, warn_about_columns, warn_about_no_rows
from partners.imports.context import Context, DonorKey, donor_number
from partners.imports.failing_ways import NO, day_of, failing_ways, is_email
from partners.imports.judged import JudgedPartner, Name, Noted, Verdict
from partners.imports.layouts import Bound
from partners.imports.opening import BoundTable
from partners.imports.own_files import own_source, split_number
from partners.imports.row_notes import Notes, Reading
from partners.imports.same_person import SamePerson
from partners.imports.sentences import ROW_SENTENCES
from partners.keys import SOURCE_LENGTH, short_key
from partners.listed_words import words_of

KINDS = frozenset({"person", "household", "church", "foundation", "business", "fund_sponsor", "organization"})
_YES = frozenset({"yes", "y", "true", "1", "-1", "x"})
EMAILS = ("email", "email_2", "email_3")
SPOUSE_EMAILS = ("spouse_email", "spouse_email_2")
PHONES = ("phone", "mobile_phone", "phone_2", "phone_3")
SPOUSE_PHONES = ("spouse_phone", "spouse_mobile_phone", "spouse_phone_2")
_PERSON_TYPES = {"P": "person", "O": "organization"}


@dataclass(frozen=True)
class JudgedPartners:
    """A table of partners, judged. type_fallbacks: rows whose DataSync PERSON_TYPE was bad and taken for P."""

    bound: Bound
    partners: list[JudgedPartner]
    notes: Notes
    same_person: SamePerson
    type_fallbacks: int = 0
    rows: int = 0
    source: str = ""
    asked: Asked = field(default_factory=Asked)

    @property
    def imported(self) -> list[JudgedPartner]:
        """The partners that the file brings, each once."""
        return [partner for partner in self.partners if partner.verdict is Verdict.CREATE]

    @property
    def rows_in_error(self) -> frozenset[int]:
        """The rows that are not imported."""
        return frozenset(partner.row for partner in self.partners if partner.verdict is Verdict.ERROR)

    @property
    def keys(self) -> frozenset[DonorKey]:
        """The donor keys that the file brings."""
        return frozenset(partner.key for partner in self.imported)


def judge_partners(partners: BoundTable, context: Context) -> JudgedPartners:
    """Judge every row of a table. Raises FileRefused quote."""
    judge = _Judge(partners.bound, partners.source, context)
    return judge.imply(partners.table) if partners.implied else judge.judge(partners.table)


class _Judge:
    """Goes once through the rows and remembers the keys that stand."""

    def __init__(self, bound: Bound, source: str, context: Context) -> None:
        self._bound, self._source, self._context = bound, source, context
        self._notes, self._same, self._fallbacks = Notes(), SamePerson(), 0
        self._standing: dict[DonorKey, JudgedPartner] = {}
        self._asked = Asked()

    def judge(self, table: Table) -> JudgedPartners:
        warn_about_columns(self._bound, self._notes)
        warnings, partners = CellWarnings(self._bound), []
        for record in table.records():
            reading = Reading(record, self._bound, self._notes)
            partner = self._read(reading)
            warnings.look_at(reading)
            partner = self._settle(partner) if partner.verdict is Verdict.CREATE else partner
            if self._promises(reading, partner) and not reading.is_torn:
                self._asked.look_at(reading, partner, self._context)
            partners.append(partner)
        if not partners:
            warn_about_no_rows(self._bound, self._notes)
        told = (self._bound, partners, self._notes, self._same, self._fallbacks, len(partners), self._source)
        return JudgedPartners(*told, self._asked)

    def _promises(self, reading: Reading, partner: JudgedPartner) -> bool:
        """Whether the row tells a promise of its own: each of a new giver, and each with a number of its own."""
        again = partner.verdict is Verdict.REPEAT and reading.text("commitment_key") != ""
        return partner.verdict is Verdict.CREATE or again

    def imply(self, table: Table) -> JudgedPartners:
        """The partners who come with gifts: each once, as the first gift tells them. Nothing is said of their cells,
        which are those of the gifts.
        """
        for record in table.records():
            if not record.troubles:
                reading = Reading(record, self._bound, Notes())
                partner = _partner(reading, self._source, self._kind(reading), self._context)
                if partner.number and partner.display_name:
                    known = partner.key in self._context.donors
                    self._standing.setdefault(partner.key, replace(partner, known=known, columns=(), cells=()))
        return JudgedPartners(self._bound, list(self._standing.values()), self._notes, self._same)

    def _read(self, reading: Reading) -> JudgedPartner:
        partner = _partner(reading, self._source, self._kind(reading), self._context)
        if not reading.is_torn:
            if not partner.number:
                reading.error("donor_id", "required")
            if not partner.display_name and partner.key not in self._context.erased:
                reading.error("display_name", "required")
            if reading.text("deceased_on") and partner.deceased_on is None:
                reading.error("deceased_on", "date")
            for fact in ("deceased", "spouse_deceased"):
                if reading.text(fact).casefold() not in _YES | NO | {""}:
                    reading.error(fact, "yes_or_no")
            self._warn_about_emails(reading)
            refuse_frequency(reading, self._context)
        if partner.key in self._context.erased:
            self._note("warnings", partner, self._bound.column("donor_id"), "erased_giver")
        verdict = Verdict.ERROR if reading.failed else Verdict.CREATE
        if self._context.is_kept_back(*partner.key):  # a file of ours that came home: nobody is called so
            verdict = Verdict.SKIP
        return replace(partner, verdict=verdict, known=partner.key in self._context.donors)

    def _kind(self, reading: Reading) -> str:
        """Return the kind of partner; a bad PERSON_TYPE of DataSync means P, an unknown generic type is an error."""
        with_spouse = "household" if reading.text("spouse_first_name") else "person"
        if "person_type" in self._bound.layout.columns:
            stated = _PERSON_TYPES.get(reading.text("person_type").upper())
            self._fallbacks += stated is None
            return "organization" if stated == "organization" else with_spouse
        kind = reading.text("type").casefold().replace("-", "_").replace(" ", "_") or with_spouse
        if kind not in KINDS and not reading.is_torn:
            known = ", ".join(sorted(KINDS))
            reading.error("type", "type", f"The type {quoted(kind)} is not known. Known are {known}.")
        return kind

    def _warn_about_emails(self, reading: Reading) -> None:
        for fact in (*EMAILS, *SPOUSE_EMAILS):
            address = reading.text(fact)
            if address and not is_email(address):
                reading.warn_of(fact, "invalid_email", ROW_SENTENCES["invalid_email"])

    def _settle(self, partner: JudgedPartner) -> JudgedPartner:
        """A donor key seen again is a repeat, with other facts a conflict; the first stands."""
        first = self._standing.setdefault(partner.key, partner)
        if first is partner:
            return self._propose(partner)
        if replace(partner, row=first.row, line=first.line, number_as_given=first.number_as_given, cells=()) == replace(
            first, cells=(), same_person=()
        ):
            for kind in ("duplicates", "warnings") if "commitment_key" not in self._bound.places else ():
                self._note(kind, partner, "", "duplicate")
            return replace(partner, verdict=Verdict.REPEAT)
        if not self._bound.layout.numbered:
            return self._settle(_numbered_on(partner))
        for kind in ("conflicts", "errors"):
            self._note(kind, partner, self._bound.column("donor_id"), "conflict")
        return replace(partner, verdict=Verdict.CONFLICT)

    def _propose(self, partner: JudgedPartner) -> JudgedPartner:
        """Propose, never merge: the later of two that are one person gets a warning."""
        found = self._same.add(partner)
        if found.sure:
            self._note("warnings", partner, "", "duplicate_partner")
        elif found.likely:
            self._note("warnings", partner, "", "duplicate_partner", ROW_SENTENCES["likely_partner"])
        return replace(partner, same_person=found.sure) if found.sure else partner

    def _note(self, kind: str, partner: JudgedPartner, column: str, code: str, sentence: str = "") -> None:
        words = sentence or ROW_SENTENCES[code]
        key = f"{partner.source}|{partner.number}"
        self._notes.add(kind, Noted(partner.row, partner.line, column, code, words, key))


def _numbered_on(partner: JudgedPartner) -> JudgedPartner:
    """Another contact of the same name and address: "…/2", where the system gives no numbers."""
    stem, _, place = partner.number.rpartition("/")
    number = f"{stem}/{int(place) + 1}" if stem and place.isdigit() and len(place) < 4 else f"{partner.number}/2"
    return replace(partner, number=short_key(number), number_as_given=short_key(number))


def _partner(reading: Reading, source: str, kind: str, context: Context) -> JudgedPartner:
    """Put the cells of a row together; names without invisible characters, addresses that are none left out."""

    def text(fact: str) -> str:
        cell = reading.text(fact)
        return without_invisible(cell) if fact in NAMES and not cell.isascii() else cell

    def filled(*facts: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell for fact in facts if (cell := text(fact))))

    def emails(*facts: str) -> tuple[str, ...]:
        return tuple(each for each in filled(*facts) if is_email(each) and each not in dead)

    def name(prefix: str) -> Name:
        return Name(*(text(prefix + part) for part in ("title", "first_name", "middle_name", "last_name", "suffix")))

    person = name("")
    organization = text("organization") or (person.last if kind == "organization" else "")
    stated = own_source(context, short_key(text("source"), SOURCE_LENGTH)) or source
    source, number = split_number(context, stated, text("donor_id"))
    failing = tuple(failing_ways(reading, context))
    dead = {each.text for each in failing}
    return JudgedPartner(
        row=reading.record.row,
        line=reading.record.line,
        verdict=Verdict.CREATE,
        source=source,
        number=short_key(donor_number(number)),
        number_as_given=number,
        known=False,
        kind=kind,
        display_name=text("display_name") or organization or " ".join(filter(None, (person.first, person.last))),
        roman_name=text("roman_name"),
        organization=organization,
        person=Name() if kind == "organization" else person,
        spouse=name("spouse_"),
        spouse_deceased=text("spouse_deceased").casefold() in _YES,
        emails=emails(*EMAILS),
        spouse_emails=emails(*SPOUSE_EMAILS),
        phones=tuple(each for each in filled(*PHONES) if each not in dead),
        spouse_phones=tuple(each for each in filled(*SPOUSE_PHONES) if each not in dead),
        street=filled("address1", "address2", "address3", "address4"),
        city=text("city"),
        state=text("state"),
        postal_code=text("postal_code"),
        country=text("country") or text("country_name"),
        church=text("church"),
        note=text("note"),
        greeting=text("greeting"),
        same_person=(),
        columns=reading.columns,
        cells=reading.record.as_it_came,
        deceased=text("deceased").casefold() in _YES or text("deceased_on") != "",
        deceased_on=day_of(reading, "deceased_on", context),
        language=text("language")[:12],
        tags=words_of(text("tags")),
        failing=failing,
        address_fails=text("address_valid").casefold() in NO,
        address_changed=day_of(reading, "address_changed", context),
    )
