"""People who serve, and their service in units. Service is ended, never deleted."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.masking import changes_between
from agencies.models import Agency, Membership, Role
from agencies.operations.people import need_standing
from core.errors import Refused
from ssu.models import PersonLowering, TeamMember, Unit, Worker
from ssu.models.discretion import RANK, public_worker_name
from ssu.operations.archived import need_at_work
from ssu.operations.coaching_notices import settle_who_left, tell_joined
from ssu.operations.duties import forget_talks_with_who_left, release_foreign_duties
from ssu.operations.joining import check_joining
from ssu.operations.sign_ins import follow_service
from ssu.queries.coaching import COACHED_ROLES
from ssu.telling import tells


class AlreadyServing(Refused):
    """One open service per person, unit and role."""

    code = "already_serving"
    field = "person"
    message = "This person serves in this role here already."


class LeavesBeforeJoining(Refused):
    """Dates in order."""

    code = "leaves_before_joining"
    field = "left_on"


class ServiceEnded(Refused):
    """Service ends once."""

    code = "service_ended"
    message = "This service has ended already."


class ServiceNotOver(Refused):
    """What is written down as past is past."""

    code = "service_not_over"
    field = "left_on"
    message = "The day of leaving is still to come. Add the person to the team, and end the service on that day."


class NotShortened(Refused):
    """A planned end only comes nearer: access that was to end is never given longer by the way."""

    code = "service_not_shortened"
    field = "left_on"


class NotLowered(Refused):
    """A person's level only rises here."""

    code = "not_lowered"
    field = "discretion"
    message = (
        "A less strict level needs two people: ask under “Make it less guarded” on the person’s page, and another "
        "administrator agrees."
    )


class PersonAliasTells(Refused):
    """An alias that holds the true name, or a part of it, hides nothing."""

    code = "alias_tells"
    field = "alias"
    message = "The alias tells the true name, or a part of it. Choose another word."


@transaction.atomic
def add_worker(
    *,
    agency: Agency,
    actor: User | None,
    name: str,
    last_name: str = "",
    code: str = "",
    membership: Membership | None = None,
) -> Worker:
    """Somebody who serves; a sign-in is not needed. The audit trail names nobody yet: the first service, which may be
    in a closed unit, comes after this.
    """
    made: Worker = Worker.objects.create(name=name, last_name=last_name, code=code, membership=membership)
    audit.record(actor=actor, verb="add worker", of=made, label=str(made))
    return made


@transaction.atomic
def edit_worker(
    *, agency: Agency, actor: User | None, worker: Worker, name: str, last_name: str, alias: str, discretion: str
) -> Worker:
    """Change a person. A stricter level takes effect at once, everywhere, and declines what was asked for before.

    Raises PersonAliasTells, NotLowered.
    """
    row: Worker = Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    if RANK[discretion] < RANK[row.discretion]:
        raise NotLowered
    if tells(alias, name, last_name):
        raise PersonAliasTells
    before = {"name": row.name, "last_name": row.last_name, "alias": row.alias, "discretion": row.discretion}
    after = {"name": name, "last_name": last_name, "alias": alias, "discretion": discretion}
    changed = [field for field, value in after.items() if before[field] != value]
    if changed:
        for field in changed:
            setattr(row, field, after[field])
        row.save(update_fields=changed)
        if RANK[discretion] > RANK[before["discretion"]]:
            waiting = PersonLowering.objects.filter(worker=row, answered_at=None)
            waiting.update(answered_by=actor, answered_at=timezone.now(), agreed=False)
        audit.record(actor=actor, verb="edit worker", of=row, label=public_name(row), changes={"fields": changed})
    return row


def worker_of(membership: Membership) -> Worker:
    """The person behind a membership as one who serves; made when this is their first service."""
    found, _ = Worker.objects.get_or_create(membership=membership, defaults={"name": membership.user.name})
    worker: Worker = found
    return worker


def public_name(worker: Worker) -> str:
    """What logs may call a person: the alias when they are closed."""
    named: str = (
        Worker.objects.annotate(public=public_worker_name("")).values_list("public", flat=True).get(pk=worker.pk)
    )
    return named


@transaction.atomic
def add_team_member(
    *, agency: Agency, actor: User | None, unit: Unit, worker: Worker, role: str, joined_on: date
) -> TeamMember:
    """Let a person serve in a unit from a day on. With a sign-in they have the role's rights there. Coaches and leaders
    are told when the team's coaching had begun. Raises AlreadyServing, JoinsTooEarly, JoinsTooLate, and MembershipEnded
    for somebody who has left.
    """
    check_joining(joined_on, agency.today())
    need_at_work(unit.pk)
    if TeamMember.objects.filter(unit=unit, worker=worker, role=role, left_on=None).exists():
        raise AlreadyServing
    if worker.membership is not None:
        need_standing(worker.membership)
    made: TeamMember = TeamMember.objects.create(unit=unit, worker=worker, role=role, joined_on=joined_on)
    note_joined(actor, made)
    tell_joined(agency, actor, unit, role, worker)
    return made


@transaction.atomic
def add_past_service(
    *, agency: Agency, actor: User | None, unit: Unit, worker: Worker, role: str, joined_on: date, left_on: date
) -> TeamMember:
    """Write down service that is over: it gives no rights, also to nobody who has left, and nobody is told.

    Raises ServiceNotOver, LeavesBeforeJoining, JoinsTooEarly.
    """
    if left_on > agency.today():
        raise ServiceNotOver
    check_joining(joined_on, agency.today())
    check_order(joined_on, left_on)
    made: TeamMember = TeamMember.objects.create(
        unit=unit, worker=worker, role=role, joined_on=joined_on, left_on=left_on
    )
    note_joined(actor, made, to=str(left_on))
    return made


def note_joined(actor: User | None, member: TeamMember, **more: str) -> None:
    """Write a person's service into the audit trail."""
    audit.record(
        actor=actor,
        verb="add team member",
        of=member,
        label=f"{member.unit.public_name}: {public_name(member.worker)}",
        changes={"role": member.role, "from": str(member.joined_on), **more},
    )


@transaction.atomic
def correct_service(
    *, agency: Agency, actor: User | None, member: TeamMember, role: str, joined_on: date, reason: str = ""
) -> TeamMember:
    """Put right what was written down wrongly: the role, or the day of joining. Rights follow the corrected role from
    now on. Raises AlreadyServing, LeavesBeforeJoining, JoinsTooEarly, JoinsTooLate.
    """
    need_at_work(member.unit_id)
    row: TeamMember = TeamMember.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    check_joining(joined_on, agency.today())
    if row.left_on is not None and joined_on > row.left_on:
        raise LeavesBeforeJoining(f"The person left on {row.left_on:%-d %b %Y} and cannot join after that day.")
    same = TeamMember.objects.filter(unit=row.unit_id, worker=row.worker_id, role=role, left_on=None)
    if row.left_on is None and same.exclude(pk=row.pk).exists():
        raise AlreadyServing
    before, after = {"role": row.role, "from": str(row.joined_on)}, {"role": role, "from": str(joined_on)}
    if before == after:
        return row
    row.role, row.joined_on = role, joined_on
    row.save(update_fields=["role", "joined_on"])
    audit.record(
        actor=actor,
        verb="correct service",
        of=row,
        label=f"{row.unit.public_name}: {public_name(row.worker)}",
        changes=changes_between(before, after),
        reason=reason,
    )
    if row.left_on is None:
        follow_service(agency=agency, actor=actor, member=row, was=before["role"], is_now=role)
    renew_coaching(agency, actor, row, before["role"])
    let_go(agency, row)
    return row


def renew_coaching(agency: Agency, actor: User | None, row: TeamMember, former: str) -> None:
    """After a corrected role: whoever is to be coached now is told of, and nobody is asked to coach a coach."""
    if row.role in COACHED_ROLES and former not in COACHED_ROLES:
        tell_joined(agency, actor, row.unit, row.role, row.worker)
    still = TeamMember.objects.unended().filter(unit=row.unit_id, worker=row.worker_id, role__in=COACHED_ROLES)
    if not still.exists():
        settle_who_left(row.unit_id, row.worker_id)


@transaction.atomic
def end_service(
    *, agency: Agency, actor: User | None, member: TeamMember, left_on: date, reason: str = ""
) -> TeamMember:
    """End a person's service on a day; access ends on that day too. An end still to come may be brought forward.

    Raises ServiceEnded, NotShortened, LeavesBeforeJoining.
    """
    row: TeamMember = TeamMember.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    check_end(row, left_on, agency.today())
    row.left_on = left_on
    row.save(update_fields=["left_on"])
    audit.record(
        actor=actor,
        verb="end service",
        of=row,
        label=f"{row.unit.public_name}: {public_name(row.worker)}",
        changes={"role": row.role, "to": str(left_on)},
        reason=reason,
    )
    follow_service(agency=agency, actor=actor, member=row, was=row.role)
    settle_who_left(row.unit_id, row.worker_id)
    if left_on <= agency.today():
        let_go(agency, row)
    return row


def let_go(agency: Agency, member: TeamMember) -> None:
    """Nothing is asked of who served that they cannot do any more; of who leads no more, no conversation is awaited."""
    forget_talks_with_who_left(unit_id=member.unit_id)
    membership = member.worker.membership
    if membership is not None:
        release_foreign_duties(agency=agency, user_id=membership.user_id)


def check_end(row: TeamMember, left_on: date, today: date) -> None:
    """Raise ServiceEnded, NotShortened or LeavesBeforeJoining unless the service may end on this day."""
    if row.left_on is not None and row.left_on <= today:
        raise ServiceEnded
    if row.left_on is not None and left_on >= row.left_on:
        raise NotShortened(f"The service ends on {row.left_on:%-d %b %Y} already. Only an earlier day can be entered.")
    check_order(row.joined_on, left_on)


def check_order(joined_on: date, left_on: date) -> None:
    """Raise LeavesBeforeJoining unless the days are in order."""
    if left_on < joined_on:
        raise LeavesBeforeJoining(f"The person joined on {joined_on:%-d %b %Y} and cannot leave before that day.")


def give_unit_role(*, agency: Agency, actor: User | None, membership: Membership, unit_id: int, role: str) -> None:
    """For invitations: the invited person serves in the unit from today. A unit that is gone or put away is
    passed over.
    """
    unit = Unit.objects.active().filter(pk=unit_id).first()
    worker = worker_of(membership)
    if unit and role in Role and not TeamMember.objects.unended().filter(unit=unit, worker=worker, role=role).exists():
        add_team_member(agency=agency, actor=actor, unit=unit, worker=worker, role=role, joined_on=agency.today())


def end_unit_roles(*, agency: Agency, actor: User | None, membership: Membership, reason: str = "") -> None:
    """For people who leave the agency: all their service ends today, also where a later end was planned, and what was
    to begin later never begins.
    """
    today = agency.today()
    for member in TeamMember.objects.unended().filter(worker__membership=membership):
        end_service(agency=agency, actor=actor, member=member, left_on=max(today, member.joined_on), reason=reason)
