"""The lists that leave: what each holds for a seat and a filter, and its rows for each format, part by part."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar, TypeVar

from django.db.models import Exists, F, OuterRef, Q
from django.forms import Form
from django.http import QueryDict

from agencies.seats import Seat
from core.errors import Refused
from core.export import Cell
from core.site import site
from partners.documents import gifts, people, promises
from partners.documents.people import Facts
from partners.exporting.formats import SeveralCurrencies
from partners.forms.commitment_lists import CommitmentFilter
from partners.forms.lists import GiftFilter, PartnerFilter
from partners.forms.own_giving import OwnGivingFilter
from partners.keys import ANONYMOUS
from partners.models import Partner
from partners.models.discretion import in_field
from partners.pages import commitment_list, gift_list, partner_list
from partners.pages.reconciliation import queue
from partners.pages.reconciliation.frame import Desk
from partners.queries.commitments import commitments_wanted
from partners.queries.commitments import ordered as commitments_ordered
from partners.queries.fulfilment import standings
from partners.queries.gifts import gifts_wanted, lines_wanted, totals, with_lines
from partners.queries.own_giving import own_lines
from partners.queries.partners import ordered, partners_wanted
from partners.queries.reconciliation.lines import unmatched, wanted_lines

PART = 1_000
"""So many rows are in memory at a time."""
LINES = 50
"""So many lines of the bank, as on a page."""
T = TypeVar("T")


class FilterNotKnown(Refused):
    """A list leaves by the filters of its page."""

    code = "export_filter"
    status = 422
    field = "filter"
    message = "The filter names what is not here. Open the list, set the filter anew, and export it from there."


def in_parts(rows: Iterable[T], size: int = 0) -> Iterator[list[T]]:
    """So many rows at a time, PART unless it is said."""
    one_by_one = iter(rows)
    while part := list(islice(one_by_one, size or PART)):
        yield part


class ListFile:
    """One list by one filter for one seat: `words` in the audit trail, `file_name` on disk. `at_once` rows are not too
    many to wait for, where they are fewer than of other lists. Raises FilterNotKnown.
    """

    right: ClassVar[str]
    words: ClassVar[str]
    file_name: ClassVar[str]
    form_of: ClassVar[Any]
    columns: ClassVar[Sequence[str]]
    at_once: ClassVar[int] = 0

    def __init__(self, seat: Seat, query: QueryDict) -> None:
        self.seat, self.query = seat, query
        form: Form = self.form_of(query, seat=seat)
        if not form.is_valid():
            raise FilterNotKnown
        self.wanted: Any = form.wanted()  # type: ignore[attr-defined]

    def count(self, kind: str) -> int:
        """How many rows the file will have."""
        raise NotImplementedError

    def header(self) -> list[str]:
        """The head of the table of the screen."""
        raise NotImplementedError

    def rows(self) -> Generator[list[Cell]]:
        """The rows of the screen."""
        raise NotImplementedError

    def facts(self) -> Generator[Facts]:
        """The rows for other systems."""
        raise NotImplementedError

    @property
    def numbered(self) -> Any:
        """The partners who stand in a file for other systems by their number."""
        raise NotImplementedError


class PartnersFile(ListFile):
    """The list of partners."""

    words = file_name = "partners"
    right, form_of, columns = "partners.view", PartnerFilter, people.FACTS

    @cached_property
    def found(self) -> Any:
        return ordered(self.seat, partners_wanted(self.seat, self.wanted), self.query.get("sort", "name"))

    def count(self, kind: str) -> int:
        return int(self.found.count())

    def header(self) -> list[str]:
        return partner_list.header(self.seat)

    def rows(self) -> Generator[list[Cell]]:
        for part in in_parts(self.found.iterator(chunk_size=PART)):
            yield from partner_list.cells(self.seat, part, site())

    def facts(self) -> Generator[Facts]:
        for part in in_parts(people.with_facts(self.found).iterator(chunk_size=PART)):
            yield from people.people(self.seat, part)

    @property
    def numbered(self) -> Any:
        return self.found


class GiftsFile(ListFile):
    """The list of gifts; for other systems the standing lines behind it."""

    words = file_name = "gifts"
    right, columns = "gifts.view", gifts.FACTS
    form_of: ClassVar[Any] = GiftFilter

    @cached_property
    def lines(self) -> Any:
        return lines_wanted(self.seat, self.wanted)

    def count(self, kind: str) -> int:
        if kind in {"csv", "xlsx"}:
            return int(gifts_wanted(self.seat, self.wanted).count())
        return int(self.lines.order_by().count())

    def header(self) -> list[str]:
        return gift_list.header()

    def rows(self) -> Generator[list[Cell]]:
        sorted_gifts = gifts_wanted(self.seat, self.wanted, self.query.get("sort", "-date"))
        found = with_lines(self.seat, self.wanted, sorted_gifts)
        for part in in_parts(found.iterator(chunk_size=PART)):
            yield from gift_list.cells(self.seat, part, site())

    def facts(self) -> Generator[Facts]:
        for part in in_parts(gifts.with_facts(self.seat, self.lines).iterator(chunk_size=PART)):
            yield from gifts.gift_lines(self.seat, part)

    @property
    def numbered(self) -> Any:
        """The givers whom the seat may know."""
        mine = self.lines.order_by().filter(gift__giving_unit__partner=OuterRef("pk"))
        openly = mine.filter(gift__anonymous=False) if in_field(self.seat) else mine
        return Partner.objects.filter(Exists(openly)).order_by("sort_name", "pk")

    def givers(self) -> Generator[Facts]:
        """The partners behind the lines, each once; those whom the seat may not know together as one."""
        for part in in_parts(people.with_facts(self.numbered).iterator(chunk_size=PART)):
            yield from people.people(self.seat, part)
        if in_field(self.seat) and (hidden := self.lines.filter(gift__anonymous=True).first()):
            yield {"donor_id": ANONYMOUS, "type": "person", "display_name": hidden.shown_giver}

    def currency(self) -> str:
        """That of all lines. Raises SeveralCurrencies."""
        found = [total.amount.currency for total in totals(self.seat, self.wanted)]
        if len(found) > 1:
            raise SeveralCurrencies
        return found[0] if found else self.seat.agency.base_currency

    def has_words_of_files(self) -> bool:
        """Whether a line is known by another word than the code of its designation."""
        other = ~Q(designation_key=F("designation__code")) & Q(designation__isnull=False)
        return bool(self.lines.order_by().filter(other).exists())


class OwnGiftsFile(GiftsFile):
    """What was given to the reader's own work, in one currency (`currency=USD`), for DataSync."""

    words = file_name = "own_giving"
    right, form_of = "partners.care", OwnGivingFilter

    @cached_property
    def lines(self) -> Any:
        return own_lines(self.seat).filter(gift__currency=self.wanted.currency)

    def currency(self) -> str:
        return str(self.wanted.currency)


class CommitmentsFile(ListFile):
    """The list of commitments."""

    words = file_name = "commitments"
    right, form_of, columns = "partners.care", CommitmentFilter, promises.FACTS

    @cached_property
    def found(self) -> Any:
        return commitments_wanted(self.seat, self.wanted)

    @cached_property
    def standing(self) -> Any:
        return standings(self.seat.agency, self.found, many=True)

    @cached_property
    def ids(self) -> list[int]:
        return commitments_ordered(self.found, self.standing, self.wanted.late, self.query.get("sort", "-late"))

    def count(self, kind: str) -> int:
        return len(self.ids)

    def header(self) -> list[str]:
        return commitment_list.header()

    def parts(self) -> Generator[list[Any]]:
        """The commitments in the order of the list."""
        for ids in in_parts(self.ids):
            rows = self.found.select_related("giving_unit", "designation").in_bulk(ids)
            yield [rows[pk] for pk in ids]

    def rows(self) -> Generator[list[Cell]]:
        for part in self.parts():
            yield from commitment_list.cells(self.seat, part, self.standing, site())

    def facts(self) -> Generator[Facts]:
        for part in self.parts():
            yield from promises.promises(self.seat, part)

    @property
    def numbered(self) -> Any:
        return Partner.objects.filter(Exists(self.found.order_by().filter(giving_unit__partner=OuterRef("pk"))))


class BankLinesFile(ListFile):
    """What came in at the bank and is not matched, with what may explain each line: the dearest rows of all lists."""

    words, file_name = "unmatched bank lines", "bank-unmatched"
    right, at_once = "ledger.view", 500

    def __init__(self, seat: Seat, query: QueryDict) -> None:
        self.seat, self.query, self.desk = seat, query, Desk(seat, query)
        if not self.desk.form.is_valid():
            raise FilterNotKnown

    @cached_property
    def found(self) -> Any:
        return unmatched(wanted_lines(self.desk.wanted, self.desk.accounts))

    def count(self, kind: str) -> int:
        return int(self.found.count())

    def header(self) -> list[str]:
        return queue.header()

    def rows(self) -> Generator[list[Cell]]:
        """A few lines at a time, of days that lie together: what may explain them is looked for around these days."""
        for lines in in_parts(self.found.iterator(chunk_size=PART), LINES):
            yield from queue.cells(self.desk, lines, site())


LISTS: dict[str, type[ListFile]] = {
    "partners": PartnersFile,
    "gifts": GiftsFile,
    "commitments": CommitmentsFile,
    "own_giving": OwnGiftsFile,
    "reconcile": BankLinesFile,
}
