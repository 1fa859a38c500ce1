"""Who may be one person under two numbers. Proposals only: father and son of one name are two people."""

from collections import defaultdict
from dataclasses import dataclass, field

from partners.imports.context import DonorKey
from partners.imports.judged import JudgedPartner, Name
from partners.same_name import generation, plain

_PersonKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Keys of earlier partners that are surely, or only likely, the same as this one."""

    sure: tuple[DonorKey, ...] = ()
    likely: tuple[DonorKey, ...] = ()


@dataclass
class SamePerson:
    """Remembers partners by name and e-mail, and by family name and phone.

    Sure: the same name (NFC, letter case and invisible characters ignored) and the same e-mail address. Likely: another
    source, the same family name, generation and phone, and no sure proposal.
    """

    sure: list[tuple[DonorKey, DonorKey]] = field(default_factory=list)
    likely: list[tuple[DonorKey, DonorKey]] = field(default_factory=list)
    _by_email: defaultdict[_PersonKey, list[DonorKey]] = field(default_factory=lambda: defaultdict(list))
    _by_phone: defaultdict[_PersonKey, list[DonorKey]] = field(default_factory=lambda: defaultdict(list))

    def add(self, partner: JudgedPartner) -> Proposals:
        """Remember a partner and return which earlier ones it may be the same as."""
        sure = _matches(self._by_email, _by_name_and_email(partner), partner.key)
        near = _matches(self._by_phone, _by_family_and_phone(partner), partner.key)
        likely = () if sure else tuple(key for key in near if key[0] != partner.source)
        self.sure.extend((key, partner.key) for key in sure)
        self.likely.extend((key, partner.key) for key in likely)
        return Proposals(sure, likely)


def _matches(
    book: defaultdict[_PersonKey, list[DonorKey]], keys: set[_PersonKey], own: DonorKey
) -> tuple[DonorKey, ...]:
    """Return who stands in the book under these keys, and enter the own key there."""
    found = dict.fromkeys(key for entry in sorted(keys) for key in book[entry])
    for entry in keys:
        book[entry].append(own)
    return tuple(found)


def _by_name_and_email(partner: JudgedPartner) -> set[_PersonKey]:
    """Return (name, e-mail) of the partner and, with their own address, of the spouse."""
    keys: set[_PersonKey] = {(plain(partner.display_name), plain(email)) for email in partner.emails}
    for name, emails in ((partner.person, partner.emails), (partner.spouse, partner.spouse_emails)):
        if name.first or name.last:
            keys |= {(_full(name), plain(email)) for email in emails}
    return keys


def _by_family_and_phone(partner: JudgedPartner) -> set[_PersonKey]:
    if not partner.person.last or not partner.person.first:
        return set()
    family = plain(partner.person.last), generation(partner.person.suffix)
    return {(*family, "".join(sign for sign in phone if sign.isdigit())) for phone in partner.phones}


def _full(name: Name) -> str:
    return plain(" ".join(filter(None, (name.first, name.last, generation(name.suffix)))))
