"""A case is opened, told and closed; what one leaving would cost is asked, and that it was asked is kept."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency, Membership
from agencies.operations.people import remove_member
from core.errors import Refused
from handover.models import Case, CaseReader, Passing
from handover.queries.progress import finished, left_out_and_held, overtaken
from handover.queries.risk import Loss, foreseen
from partners.models import Holder
from partners.operations import end_holder
from partners.operations.erased import ErasedAlready
from partners.operations.holders import HolderEnded
from ssu.models import TeamMember, Worker
from ssu.operations import end_service
from ssu.operations.team import public_name


class CaseRuns(Refused):
    """One case of a worker at a time that others know of, and one that the same people know of."""

    code = "handover_runs"
    field = "worker"
    message = "A hand-over of this worker has begun already. Close it first."


class NobodyHeld(Refused):
    """There is nothing to pass on."""

    code = "handover_nobody_held"
    field = "worker"
    message = "This worker holds no partner today, so there is nothing to pass on."


class NeedsIntroducer(Refused):
    """After death, dismissal or evacuation somebody else introduces."""

    code = "handover_introducer"
    field = "introducer"
    message = "Say who introduces the new holders: the worker takes no part in it. It is another person."


class LeavesAhead(Refused):
    """Death, dismissal and evacuation are not of tomorrow."""

    code = "handover_leaves_ahead"
    field = "leaves_on"
    message = "Access ends at once: choose today, or the day on which it happened."


class CaseClosed(Refused):
    """What is closed stays as it is."""

    code = "handover_closed"
    message = "This hand-over was closed. Look at the page again."


class StillToPass(Refused):
    """A case closes when every partner is introduced or left out."""

    code = "handover_unfinished"
    message = "Some partners are neither introduced to a new holder nor left out with a reason. Finish them first."


class ToldAlready(Refused):
    """It is told once."""

    code = "handover_told"
    message = "This was told already."


class Overtaken(Refused):
    """Two cases of one worker are never known to others at a time."""

    code = "handover_overtaken"
    message = "Meanwhile another hand-over of this worker is known to others. Go on in that one, and close this one."


def note(actor: User | None, verb: str, case: Case, **changes: Any) -> None:
    """Write an act down without the worker's name, the reason, or how the worker leaves."""
    audit.record(actor=actor, verb=verb, of=case, label=f"hand-over {case.pk}", changes=changes)


@transaction.atomic
def open_case(
    *,
    agency: Agency,
    actor: User,
    worker: Worker,
    leaves_on: date,
    how: str = Case.How.PLANNED,
    reason: str = "",
    introducer: Worker | None = None,
    is_told: bool = True,
    readers: Collection[Membership] = (),
) -> Case:
    """List everybody whom a leaving worker holds, in every unit. After death, dismissal or evacuation all access of the
    worker ends at once. A case that the actor may not know of hinders nothing, else it could be asked for.
    Raises CaseRuns, NobodyHeld, NeedsIntroducer, LeavesAhead, LastAdministrator.
    """
    held: Worker = Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    if Case.objects.open().known_to(actor.pk).filter(worker=held).exists():
        raise CaseRuns
    holders = list(Holder.objects.standing().filter(worker=held).order_by("pk"))
    if not holders:
        raise NobodyHeld
    is_abrupt = how != Case.How.PLANNED
    if is_abrupt and (introducer is None or introducer.pk == held.pk):
        raise NeedsIntroducer
    if is_abrupt and leaves_on > agency.today():
        raise LeavesAhead
    case: Case = Case.objects.create(
        agency=agency,
        worker=held,
        leaves_on=leaves_on,
        how=how,
        reason=reason.strip()[:400],
        introducer=introducer,
        opened_by=actor,
        told_at=timezone.now() if is_told else None,
        told_by=actor if is_told else None,
    )
    Passing.objects.bulk_create([Passing(agency=agency, case=case, holder=each) for each in holders])
    for each in readers:
        CaseReader.objects.create(agency=agency, case=case, membership=each, named_by=actor)
    note(actor, "open hand-over", case, partners=len(holders), told=is_told)
    if is_abrupt:
        end_access(agency, actor, held)
    return case


def end_access(agency: Agency, actor: User, worker: Worker) -> None:
    """The worker's sign-in, roles and service end now."""
    if worker.membership is not None:
        remove_member(agency=agency, actor=actor, membership=worker.membership)
    for member in TeamMember.objects.unended().filter(worker=worker):
        left_on = max(agency.today(), member.joined_on)
        end_service(agency=agency, actor=actor, member=member, left_on=left_on)


def held_case(case: Case) -> Case:
    """The case, locked, while it is open: all that happens in one happens one after the other. Raises CaseClosed."""
    found: Case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if found.closed_at is not None:
        raise CaseClosed
    return found


@transaction.atomic
def tell_case(*, agency: Agency, actor: User, case: Case) -> Case:
    """From now on also others may know that the worker leaves. Raises ToldAlready, Overtaken, CaseClosed."""
    Worker.objects.select_for_update(of=("self",)).get(pk=case.worker_id)
    found = held_case(case)
    if found.told_at is not None:
        raise ToldAlready
    if overtaken(found):
        raise Overtaken
    found.told_at, found.told_by = timezone.now(), actor
    found.save(update_fields=["told_at", "told_by"])
    note(actor, "tell hand-over", found)
    return found


@transaction.atomic
def close_case(*, agency: Agency, actor: User, case: Case) -> Case:
    """Everybody is passed on or left out, or the hand-over goes on in another case. Who left a unit holds none of those
    any more who were left out; giving is looked at until 180 days after the exit all the same. Raises StillToPass,
    CaseClosed.
    """
    found = held_case(case)
    if not finished(found) and not overtaken(found):
        raise StillToPass
    found.closed_at, found.closed_by = timezone.now(), actor
    found.save(update_fields=["closed_at", "closed_by"])
    note(actor, "close hand-over", found)
    end_each(agency, actor, left_out_and_held().filter(worker=found.worker_id))
    return found


@transaction.atomic
def end_left_out(*, agency: Agency, actor: User | None) -> list[Holder]:
    """Nobody holds partners in a unit any more who left it, where a hand-over left these partners out."""
    return end_each(agency, actor, left_out_and_held())


def end_each(agency: Agency, actor: User | None, holders: Iterable[Holder]) -> list[Holder]:
    """End what still stands of these: somebody else may have ended one, or erased its partner, in the same moment."""
    ended = []
    for each in holders:
        with suppress(HolderEnded, ErasedAlready):
            ended.append(end_holder(agency=agency, actor=actor, holder=each))
    return ended


@transaction.atomic
def foresee(*, agency: Agency, actor: User, worker: Worker) -> list[Loss]:
    """What would be left with nobody if this worker left, and a line in the audit trail that it was asked, by the name
    that anybody may call the worker.
    """
    audit.record(actor=actor, verb="foresee leaving", of=worker, label=public_name(worker), changes={})
    return foreseen(agency, worker.pk)
