"""What the agency knows already of the people that a file names."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Case, Value, When

from ssu.models import TeamMember, Unit, Worker

PEOPLE_JOB: Final = "ssu.people"
PEOPLE_FILE: Final = "people"
"""The kind of job that brings in a file of people, and the purpose for which the file is kept until then."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who serves: by which support account and address they are found, and what a file may not lower.
    `signs_in`: or is asked in.
    """

    pk: int
    name: str
    code: str
    email: str
    discretion: str
    signs_in: bool


class Service(NamedTuple):
    """Somebody's service in a unit, which stands or stood."""

    person: KnownPerson
    joined_on: date
    is_over: bool


@dataclass(frozen=True)
class KnownPeople:
    """Units by code, and everybody who serves by account, by address and name, and by unit and name."""

    units: dict[str, int]
    by_code: dict[str, KnownPerson]
    by_address: dict[str, list[KnownPerson]]
    nameless: dict[str, KnownPerson]
    serving: dict[tuple[int, str], list[Service]]

    def find(
        self, code: str, email: str, name: str, unit: int | None = None, joined_on: date | None = None
    ) -> KnownPerson | None:
        """The person of a row: by account; by address (of two who share one, by name); without either by name among
        those without either; else whoever of this name serves in the row's unit and has no sign-in yet.
        """
        if code and code in self.by_code:
            return self.by_code[code]
        same = [each for each in self.by_address.get(email, []) if each.name.casefold() == name.casefold()]
        if email and same:
            return same[0]
        if not email and not code and name.casefold() in self.nameless:
            return self.nameless[name.casefold()]
        found = self.in_unit(code, name, unit, joined_on)
        return found[0] if len(found) == 1 else None

    def in_unit(self, code: str, name: str, unit: int | None, joined_on: date | None) -> list[KnownPerson]:
        """Those of this name who serve in the unit without a sign-in and under no other account. Of several, those who
        joined on the row's day; several still means that the row does not say who is meant.
        """
        if unit is None:
            return []
        meant = [
            each
            for each in self.serving.get((unit, name.casefold()), [])
            if not each.person.signs_in and not (code and each.person.code)
        ]
        fits = [each for each in meant if each.joined_on == joined_on]
        people = {each.person.pk: each.person for each in fits or [each for each in meant if not each.is_over]}
        return list(people.values())


def known_people() -> KnownPeople:
    """Everything in three queries."""
    people = {each.pk: each for each in everybody()}
    by_address: dict[str, list[KnownPerson]] = {}
    for each in people.values():
        if each.email:
            by_address.setdefault(each.email, []).append(each)
    serving: dict[tuple[int, str], list[Service]] = {}
    unended = TeamMember.objects.unended().values("pk")
    rows = TeamMember.objects.annotate(stands=Case(When(pk__in=unended, then=Value(True)), default=Value(False)))
    for unit, pk, joined_on, stands in rows.order_by("pk").values_list("unit_id", "worker_id", "joined_on", "stands"):
        person = people[pk]
        serving.setdefault((unit, person.name.casefold()), []).append(Service(person, joined_on, not stands))
    return KnownPeople(
        units=dict(Unit.objects.active().values_list("code", "pk")),
        by_code={each.code: each for each in people.values() if each.code},
        by_address=by_address,
        nameless={each.name.casefold(): each for each in people.values() if not each.code and not each.email},
        serving=serving,
    )


def everybody() -> list[KnownPerson]:
    """Everybody who serves or served. One query."""
    asked = ("invitation__email", "invitation__withdrawn_at")
    told = ("membership__user__email", "membership__user__mailbox__email", "discretion", "membership_id")
    return [
        KnownPerson(
            pk=pk,
            name=name,
            code=code,
            email=(email or shared or invited or "").lower(),
            discretion=discretion,
            signs_in=bool(member or (invited and not withdrawn)),
        )
        for pk, name, code, email, shared, discretion, member, invited, withdrawn in Worker.objects.order_by(
            "pk"
        ).values_list("pk", "name", "code", *told, *asked)
    ]
