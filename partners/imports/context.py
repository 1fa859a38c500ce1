"""What an import has to know beforehand, as plain data: the agency, its designations, donors, workers and gifts."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from core.money import Money
from imports.mapping.rules import Rules
from partners.imports.movements import LineId, Payout
from partners.keys import ANONYMOUS, BY_HAND, donor_number

GiftId = tuple[str, str]
"""(source, gift number); the lines of a split gift share it."""
GiftKey = tuple[str, str, str]
"""(source, designation, gift number); one line of a gift."""
DonorKey = tuple[str, str]
"""(source, donor number without leading zeros)."""


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A gift line that is there: what is compared, and which gift it took back, if it did.

    donor: the number that its file gave, as `donor_number` writes it, also where that is known to nobody; "" for none;
    None when it is not to be compared, as after a person found out who gave. tendered: what the donor gave, None where
    it is the amount. reverses: the number of the gift that this negative line takes back, or ""; reverses_source: that
    gift's source, "" where it is the line's own. withdrawn: the first facts of a line that was corrected or withdrawn
    by hand: its key is taken, its money is not there. stands_for: the imported gift in whose place it stands now.
    """

    donor: str | None
    date: dt.date
    amount: Money
    tendered: Money | None = None
    reverses: str = ""
    reverses_source: str = ""
    withdrawn: bool = False
    stands_for: GiftId | None = None


Earlier = Mapping[GiftKey, EarlierLine]


@dataclass(frozen=True)
class Context:
    """The agency and what it knows on the day of the import.

    donors: keys with numbers as `donor_number` writes them. worker_names: last names. hidden_names: true names of
    closed units. organization_code: of the agency's own DataSync files, whose source is default_source. earlier: the
    lines of every gift that this file mentions, and of every reversal of them; or a function that is asked once for
    the gifts (source, number) which the file mentions and returns those lines. lines: the statement lines that this
    file mentions and that are there. payouts: what processors paid out, as their files told.
    corrections: line -> column -> what a person wrote over that cell. rules: by which a person had the file read; None
    where its format is to be recognized. designation_names: public name, as `value_key` writes it -> code, where one
    alone has it. sources: all that gifts and partner numbers have. same_donors: keys of partners with several numbers
    -> what tells the partner. own_numbers: how numbers begin that this agency's files gave to gifts whose own number
    was kept from the reader (source "hand"). erased: keys of partners who were erased; a file brings gifts alone.
    toward: the designation for which the promises and stages of the file are where it names none; "" leaves them out.
    toward_unit: whether that designation is a unit's; without one no stage comes in.
    open_from: the first day that takes postings, None while no month is closed.
    """

    base_currency: str
    today: dt.date
    default_source: str = ""
    organization_code: str = ""
    slug: str = ""
    fiscal_year_starts_month: int = 1
    home_country: str = "US"
    designations: Collection[str] = frozenset()
    donors: Collection[DonorKey] = frozenset()
    worker_names: Collection[str] = ()
    hidden_names: Collection[str] = ()
    earlier: Earlier | Callable[[set[GiftId]], Earlier] = field(default_factory=dict)
    lines: Collection[LineId] = frozenset()
    payouts: Collection[Payout] = ()
    corrections: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    rules: Rules | None = None
    designation_names: Mapping[str, str] = field(default_factory=dict)
    sources: Collection[str] = frozenset()
    same_donors: Mapping[DonorKey, str] = field(default_factory=dict)
    own_numbers: str = ""
    erased: Collection[DonorKey] = frozenset()
    toward: str = ""
    toward_unit: bool = False
    open_from: dt.date | None = None

    @property
    def own_codes(self) -> tuple[str, str]:
        """How the agency's own files may call it."""
        return self.organization_code, self.slug

    def is_of_ours(self, gift: GiftId) -> bool:
        """Whether a gift is called by a number that a file of ours gave it."""
        source, number = gift
        return bool(self.own_numbers) and source == BY_HAND and number.startswith(self.own_numbers)

    def is_kept_back(self, source: str, donor: str) -> bool:
        """Whether a file of ours kept from its reader who gave."""
        return source == self.default_source and donor == ANONYMOUS

    def same_donor(self, source: str, donor: str) -> str:
        """One name for all numbers of a donor: the number itself, where it is the only one."""
        key = (source, donor)
        return self.same_donors.get(key) or self.same_donors.get((self.default_source, donor)) or donor


__all__ = ["Context", "DonorKey", "Earlier", "EarlierLine", "GiftId", "GiftKey", "donor_number"]
