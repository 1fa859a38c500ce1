"""What the agency knows already of the people that a file names."""

from dataclasses import dataclass
from typing import Final

from ssu.models import Unit, Worker

PEOPLE_JOB: Final = "ssu.people"
PEOPLE_FILE: Final = "people"
"""The kind of job that brings in a file of people, and the purpose for which the file is kept until then."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who serves: by which support account and address they are found, and what a file may not lower."""

    pk: int
    name: str
    code: str
    email: str
    discretion: str


@dataclass(frozen=True)
class KnownPeople:
    """Units by code, and everybody who serves by account, and by address and name."""

    units: dict[str, int]
    by_code: dict[str, KnownPerson]
    by_address: dict[str, list[KnownPerson]]
    nameless: dict[str, KnownPerson]

    def find(self, code: str, email: str, name: str) -> KnownPerson | None:
        """The person of a row: by account, else by address (of two who share one, by name), else, without either, by
        name among those without either.
        """
        if code and code in self.by_code:
            return self.by_code[code]
        if email:
            found = self.by_address.get(email, [])
            same = [each for each in found if each.name.casefold() == name.casefold()]
            return same[0] if same else None
        return None if code else self.nameless.get(name.casefold())


def known_people() -> KnownPeople:
    """Everything in two queries."""
    people = [
        KnownPerson(pk, name, code, (email or shared or invited or "").lower(), discretion)
        for pk, name, code, email, shared, invited, discretion in Worker.objects.order_by("pk").values_list(
            "pk",
            "name",
            "code",
            "membership__user__email",
            "membership__user__mailbox__email",
            "invitation__email",
            "discretion",
        )
    ]
    by_address: dict[str, list[KnownPerson]] = {}
    for each in people:
        if each.email:
            by_address.setdefault(each.email, []).append(each)
    return KnownPeople(
        units=dict(Unit.objects.active().values_list("code", "pk")),
        by_code={each.code: each for each in people if each.code},
        by_address=by_address,
        nameless={each.name.casefold(): each for each in people if not each.code and not each.email},
    )
