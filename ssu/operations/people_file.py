"""Bringing in people from rows that were checked. The same rows twice change nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from accounts.models import User
from agencies.models import Agency, Invitation, Membership, RoleGrant
from agencies.operations import grant_role, invite
from ssu.models import TeamMember, Unit, Worker
from ssu.operations.sign_ins import is_invited
from ssu.operations.spouses import marry
from ssu.operations.team import (
    add_past_service,
    add_team_member,
    add_worker,
    edit_worker,
    end_service,
)
from ssu.people_rows import PersonRow
from ssu.queries.people_file import KnownPeople, known_people

Progress = Callable[[int, int | None], None]


@dataclass
class Brought:
    """What a file came to, in counts; `returning` are the rows of people who had left and are invited anew."""

    added: int = 0
    changed: int = 0
    services: int = 0
    couples: int = 0
    invitations: int = 0
    workers: dict[int, Worker] = field(default_factory=dict)
    returning: list[int] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The counts by name."""
        names = ("added", "changed", "services", "couples", "invitations")
        return {name: getattr(self, name) for name in names}


def quiet(done: int, total: int | None) -> None:
    """No progress to show."""


@transaction.atomic
def bring_people(
    *, agency: Agency, actor: User | None, rows: Sequence[PersonRow], progress: Progress = quiet
) -> Brought:
    """Add or change people, their service and spouses, and prepare invitations, which wait until somebody sends them.

    All or nothing. `rows` were judged in this transaction, under the agency's lock (`ssu.imports.people`).
    """
    known, brought = known_people(), Brought()
    units = Unit.objects.in_bulk({row.unit for row in rows if row.unit})
    for number, row in enumerate(rows, start=1):
        worker = bring_person(agency, actor, row, known, brought)
        brought.workers[row.row] = worker
        take_seat(row, worker)
        if row.unit:
            serve(agency, actor, row, worker, units[row.unit], brought)
        progress(number // 2, len(rows))
    for number, row in enumerate(rows, start=1):
        if row.spouse and row.row < row.spouse:
            wed(agency, actor, brought, row.row, row.spouse)
        if row.email:
            give_sign_in(agency, actor, row, brought)
        progress((len(rows) + number) // 2, len(rows))
    return brought


def bring_person(agency: Agency, actor: User | None, row: PersonRow, known: KnownPeople, brought: Brought) -> Worker:
    """The person of a row, made or brought in line with it; an empty cell changes nothing."""
    there = known.find(row.code, row.email, row.name, row.unit, row.joined_on)
    if there is None:
        worker = add_worker(agency=agency, actor=actor, name=row.name, code=row.code)
        brought.added += 1
    else:
        worker = with_account(Worker.objects.get(pk=there.pk), row.code)
    said = {"name": row.name, "alias": row.alias or worker.alias, "discretion": row.discretion}
    if any(getattr(worker, name) != value for name, value in said.items()):
        worker = edit_worker(agency=agency, actor=actor, worker=worker, last_name=worker.last_name, **said)
        brought.changed += there is not None
    return worker


def with_account(worker: Worker, code: str) -> Worker:
    """The person, who is found by the row's account from now on, if they had none."""
    if code and not worker.code:
        worker.code = code
        worker.save(update_fields=["code"])
    return worker


def serve(agency: Agency, actor: User | None, row: PersonRow, worker: Worker, unit: Unit, brought: Brought) -> None:
    """The service of a row: begun unless it stands, and ended when the row says so and it is not. Nothing begins for
    somebody who has left: it waits in their invitation.
    """
    there = TeamMember.objects.filter(worker=worker, unit=unit, role=row.role).order_by("-joined_on")
    member: TeamMember | None = there.filter(joined_on=row.joined_on).first() or there.filter(left_on=None).first()
    if member is None and row.joined_on:
        member = begin(agency, actor, row, worker, unit, row.joined_on)
        brought.services += member is not None
    if member is not None and row.left_on and member.left_on is None:
        end_service(agency=agency, actor=actor, member=member, left_on=row.left_on)


def begin(
    agency: Agency, actor: User | None, row: PersonRow, worker: Worker, unit: Unit, joined_on: date
) -> TeamMember | None:
    """The service of a row that does not stand yet, unless the person has left and it is not over."""
    if row.left_on and row.left_on <= agency.today():
        return add_past_service(
            agency=agency,
            actor=actor,
            unit=unit,
            worker=worker,
            role=row.role,
            joined_on=joined_on,
            left_on=row.left_on,
        )
    if has_left(worker):
        return None
    return add_team_member(agency=agency, actor=actor, unit=unit, worker=worker, role=row.role, joined_on=joined_on)


def has_left(worker: Worker) -> bool:
    """Whether the person had a sign-in here that has ended."""
    return worker.membership is not None and worker.membership.left_at is not None


def take_seat(row: PersonRow, worker: Worker) -> None:
    """Join a person with the sign-in that the row's address has here, unless either of them has another."""
    if row.email and (worker.membership is None or has_left(worker)):
        membership = membership_of(row)
        if membership and not Worker.objects.filter(membership=membership).exists():
            worker.membership = membership
            worker.save(update_fields=["membership"])


def wed(agency: Agency, actor: User | None, brought: Brought, one: int, other: int) -> None:
    """Join two rows as spouses, unless they are."""
    first, second = brought.workers[one], brought.workers[other]
    if Worker.objects.filter(pk=first.pk, spouse=second).exists():
        return
    marry(agency=agency, actor=actor, one=first, other=second)
    brought.couples += 1


def give_sign_in(agency: Agency, actor: User | None, row: PersonRow, brought: Brought) -> None:
    """Roles for whoever signs in here already; a held invitation for whoever does not, also for somebody who has left,
    unless one waits.
    """
    worker = Worker.objects.select_related("membership", "invitation").get(pk=brought.workers[row.row].pk)
    membership = membership_of(row) if worker.membership is None or has_left(worker) else worker.membership
    if membership is not None:
        give_roles(agency, actor, row, membership)
        return
    if is_invited(worker) or over(agency, row):
        return
    service = [(row.unit, row.role)] if row.unit and row.left_on is None else []
    if row.roles or service:
        worker.invitation = invite(
            agency=agency,
            actor=actor,
            email=row.email,
            name=row.name,
            roles=row.roles,
            unit_roles=service,
            shares_address=row.shares,
            held=True,
        )
        worker.save(update_fields=["invitation"])
        brought.invitations += 1
        if has_left(worker):
            brought.returning.append(row.row)


def membership_of(row: PersonRow) -> Membership | None:
    """The standing membership with the address. Of a couple that shares it, by name."""
    found: Membership | None = (
        Membership.objects.filter(user__email=row.email, left_at=None, user__name__iexact=row.name).first()
        if row.shares
        else Membership.objects.filter(user__email=row.email, left_at=None).first()
    )
    return found


def give_roles(agency: Agency, actor: User | None, row: PersonRow, membership: Membership) -> None:
    """The person signs in here: what the row adds to their roles is given at once."""
    held = set(RoleGrant.objects.filter(membership=membership, ended_at=None).values_list("role", flat=True))
    for role in row.roles:
        if role not in held:
            grant_role(agency=agency, actor=actor, membership=membership, role=role)


def over(agency: Agency, row: PersonRow) -> bool:
    """Whether all that the row gives has ended, so that nobody is asked in."""
    return not row.roles and row.left_on is not None and row.left_on <= agency.today()


def is_anothers(user: User, invitation: Invitation) -> bool:
    """For invitations: whether the invited person serves already, and this one is somebody else who serves."""
    invited = Worker.objects.filter(invitation=invitation).first()
    here = Worker.objects.filter(membership__user=user).first()
    return invited is not None and here is not None and invited != here


def seat_invited(*, membership: Membership, invitation: Invitation) -> None:
    """For invitations: the person who served before they could sign in, or who had left, now signs in; so no second
    person is made.
    """
    if not Worker.objects.filter(membership=membership).exists():
        waiting = Worker.objects.exclude(membership__isnull=False, membership__left_at=None)
        waiting.filter(invitation=invitation).update(membership=membership)
