"""A relationship goes to a new holder: named, introduced, left out with a reason, taken back."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from handover.models import Case, Passing, PassingAct
from handover.operations.cases import held_case, note
from handover.states import INTRODUCED, NAMED, OPEN, standing, state_of
from partners.models import Channel, FollowUp, Holder
from partners.models.holder import CARING_ROLES
from partners.operations import add_follow_up, appoint_holder, close_follow_up, end_holder
from partners.operations.holders import GivesAnonymously, NotOnTheTeam
from ssu.models import TeamMember, Worker
from ssu.queries.people import holders_of


class NobodyChosen(Refused):
    """Something is done for somebody."""

    code = "handover_nobody"
    message = "Choose at least one partner."


class NotWaiting(Refused):
    """A new holder is named, and a partner is left out, where nothing was settled yet."""

    code = "passing_settled"
    message = "One of these partners has a new holder already, or was left out. Look at the page again."


class NotNamed(Refused):
    """An introduction is to somebody."""

    code = "passing_not_named"
    message = "Name the new holder first. An introduction is noted once."


class OtherUnit(Refused):
    """Who cares for a partner of a unit serves in it."""

    code = "passing_other_unit"
    field = "service"
    message = "One of these partners is cared for in another unit than this person serves in. Choose by unit."


class LeavesToo(Refused):
    """Nobody is passed on to who leaves."""

    code = "passing_to_who_leaves"
    field = "service"
    message = "This is the worker who leaves. Choose another person."


class NotTold(Refused):
    """New holders and tasks are seen by many."""

    code = "handover_not_told"
    message = "Nobody else knows yet that this worker leaves. Say that it may be known, then name new holders."


class IntroducedAhead(Refused):
    """What is noted has happened."""

    code = "passing_ahead"
    field = "on"
    message = "This day is still to come. Note it when they have met."


class NotLast(Refused):
    """What came before is taken back after what followed."""

    code = "passing_act_not_last"
    message = "Only what was done last can be taken back, and once."


def locked(case: Case, passings: Collection[Passing]) -> list[Passing]:
    """These relationships of an open case, locked with it. Raises CaseClosed, NobodyChosen."""
    found = held_case(case)
    rows = Passing.objects.filter(case=found, pk__in=[each.pk for each in passings])
    chosen = list(
        rows.select_related("case", "holder__partner", "holder__unit", "holder__worker")
        .prefetch_related("acts")
        .order_by("pk")
    )
    if not chosen:
        raise NobodyChosen
    return chosen


def waiting(case: Case, passings: Collection[Passing]) -> list[Passing]:
    """The same where nothing is settled yet. Raises NotWaiting."""
    chosen = locked(case, passings)
    if any(state_of(each.acts.all()) != OPEN for each in chosen):
        raise NotWaiting
    return chosen


@transaction.atomic
def pass_on(
    *,
    agency: Agency,
    actor: User,
    case: Case,
    passings: Collection[Passing],
    service: TeamMember,
    due_on: date,
    letter: bool = False,
) -> list[PassingAct]:
    """Name one new holder for these partners: all or none. A joint introduction becomes due for both, and, if wished, a
    letter in the unit's voice as a task of the new holder. Raises NotTold, NobodyChosen, NotWaiting, OtherUnit,
    LeavesToo, CaseClosed, and what `appoint_holder` and `add_follow_up` raise.
    """
    chosen = waiting(case, passings)
    if chosen[0].case.told_at is None:
        raise NotTold
    if service.worker_id == case.worker_id:
        raise LeavesToo
    if any(each.holder.unit_id != service.unit_id for each in chosen):
        raise OtherUnit
    return [pass_one(agency, actor, case, each, service.worker, due_on, letter=letter) for each in chosen]


def pass_one(
    agency: Agency, actor: User, case: Case, passing: Passing, worker: Worker, due_on: date, *, letter: bool
) -> PassingAct:
    """One relationship with its tasks."""
    old = passing.holder
    new = named(agency, actor, old, worker)
    introducer = case.introducer or case.worker
    asked: dict[str, Any] = {"agency": agency, "actor": actor, "partner": old.partner, "unit": old.unit}
    asked |= {"due_on": due_on}
    giver, taker = user_of(introducer, old, actor), user_of(worker, old, actor)
    meeting = {**asked, "channel": Channel.MEETING, "text": _("Joint introduction of the new holder")}
    in_letter = {**asked, "channel": Channel.LETTER, "text": _("Letter in the unit's voice: who cares from now on")}
    act: PassingAct = PassingAct.objects.create(
        agency=agency,
        passing=passing,
        kind=NAMED,
        on=agency.today(),
        new_holder=new,
        introduction=add_follow_up(**meeting, assignee=giver),
        meeting=add_follow_up(**meeting, assignee=taker) if taker != giver else None,
        letter=add_follow_up(**in_letter, assignee=taker) if letter else None,
        by=actor,
    )
    if case.is_abrupt or case.leaves_on <= agency.today():
        end_old(agency, actor, passing)
    note(actor, "name new holder", case, passing=passing.pk, holder=new.pk)
    return act


def named(agency: Agency, actor: User, old: Holder, worker: Worker) -> Holder:
    """The row of the new holder: the first one where the old holder was; a standing one stays."""
    rows = Holder.objects.standing().filter(partner=old.partner_id, unit=old.unit_id, worker=worker)
    found: Holder | None = rows.first()
    if found is not None and (found.is_primary or not old.is_primary):
        return found
    given: dict[str, Any] = {"partner": old.partner, "unit": old.unit, "worker": worker, "is_primary": old.is_primary}
    return appoint_holder(agency=agency, actor=actor, **given)


def end_old(agency: Agency, actor: User, passing: Passing) -> None:
    """From today who leaves holds this partner no more."""
    old = passing.holder
    rows = Holder.objects.standing().filter(
        partner=old.partner_id, unit=old.unit_id, worker=old.worker_id, ends_on=None
    )
    for row in rows:
        end_holder(agency=agency, actor=actor, holder=row)


def user_of(worker: Worker, holder: Holder, actor: User) -> User:
    """On whose list a task of this worker stands: the worker's own, else that of somebody who leads the unit, else of
    who acts.
    """
    membership = worker.membership
    if membership is not None and membership.left_at is None:
        own: User = membership.user
        return own
    leader: User | None = holders_of("handover.pass", holder.unit).order_by("pk").first()
    return leader or actor


@transaction.atomic
def note_introduced(*, agency: Agency, actor: User, case: Case, passing: Passing, on: date) -> PassingAct:
    """The partner met the new holder; who leaves holds the partner no more. Raises NotNamed, IntroducedAhead,
    CaseClosed.
    """
    [found] = locked(case, [passing])
    if state_of(found.acts.all()) != NAMED:
        raise NotNamed
    if on > agency.today():
        raise IntroducedAhead
    act: PassingAct = PassingAct.objects.create(agency=agency, passing=found, kind=INTRODUCED, on=on, by=actor)
    end_old(agency, actor, found)
    note(actor, "note introduction", case, passing=found.pk)
    return act


@transaction.atomic
def skip_passings(
    *, agency: Agency, actor: User, case: Case, passings: Collection[Passing], why: str
) -> list[PassingAct]:
    """These partners are left out, with a reason. Raises NobodyChosen, NotWaiting, CaseClosed."""
    chosen = waiting(case, passings)
    given: dict[str, Any] = {"agency": agency, "kind": PassingAct.Kind.SKIPPED, "why": why, "on": agency.today()}
    acts = [PassingAct.objects.create(**given, passing=each, by=actor) for each in chosen]
    note(actor, "leave partners out", case, passings=[each.pk for each in chosen], why=why)
    return acts


@transaction.atomic
def take_back_act(*, agency: Agency, actor: User, case: Case, act: PassingAct) -> PassingAct:
    """What was done last was a slip. With the naming of a new holder that person stops holding, the old one holds again
    who still serves, and open tasks are closed. Raises NotLast, CaseClosed.
    """
    [passing] = locked(case, [act.passing])
    acts = standing(passing.acts.all())
    if not acts or acts[-1].pk != act.pk:
        raise NotLast
    found = acts[-1]
    found.taken_back_at, found.taken_back_by = timezone.now(), actor
    found.save(update_fields=["taken_back_at", "taken_back_by"])
    if found.kind == NAMED:
        undo_naming(agency, actor, passing, found, _("The new holder was a slip."))
    note(actor, "take back", case, passing=passing.pk, act=found.pk)
    return found


def undo_naming(agency: Agency, actor: User, passing: Passing, act: PassingAct, why: str) -> None:
    """Tasks and holders as they were, as far as that can be; `why` stands on the tasks that end."""
    tasks = FollowUp.objects.open().filter(pk__in=[act.introduction_id, act.meeting_id, act.letter_id])
    for each in tasks:
        close_follow_up(agency=agency, actor=actor, follow_up=each, reason=why)
    new, old = act.new_holder, passing.holder
    if old.partner.erased_at is not None:
        return
    if new is not None and new.ends_on is None and new.named_at >= passing.case.opened_at:
        end_holder(agency=agency, actor=actor, holder=new)
        if held_before(new):
            hold_again(agency, actor, new, is_primary=not new.is_primary)
    mine = Holder.objects.standing().filter(partner=old.partner_id, unit=old.unit_id, worker=old.worker_id)
    if still_serves(passing) and not mine.filter(is_primary=old.is_primary).exists():
        hold_again(agency, actor, old, is_primary=old.is_primary)


def held_before(new: Holder) -> bool:
    """Whether the new holder held the partner otherwise until then: appointing ended that row for this one."""
    same = {"partner": new.partner_id, "unit": new.unit_id, "worker": new.worker_id, "is_primary": not new.is_primary}
    ended = {"ended_by": new.named_by_id, "ends_on": new.starts_on, "ended_reason": "", "ended_at__lte": new.named_at}
    return bool(Holder.objects.filter(**same, **ended).exists())


def hold_again(agency: Agency, actor: User, holder: Holder, *, is_primary: bool) -> None:
    """Somebody holds a partner as before. Who left the team meanwhile holds nobody, and of whom the team may not know
    any more the office takes care.
    """
    given: dict[str, Any] = {"partner": holder.partner, "unit": holder.unit, "worker": holder.worker}
    with suppress(NotOnTheTeam, GivesAnonymously):
        appoint_holder(agency=agency, actor=actor, is_primary=is_primary, **given)


def still_serves(passing: Passing) -> bool:
    """Whether who leaves serves in the unit today as somebody who may hold partners."""
    old = passing.holder
    team = TeamMember.objects.serving().filter(role__in=CARING_ROLES)
    return bool(team.filter(unit=old.unit_id, worker=old.worker_id).exists())


@transaction.atomic
def call_off(*, agency: Agency, actor: User, case: Case) -> Case:
    """The worker stays after all. Where the worker serves, new holders who were named and not introduced hold nobody
    any more, and their tasks end; who was introduced stays with the new holder, and what was sent stays sent; no letter
    goes out from then on. Giving is not looked at, and the exit is none in the curve. Raises CaseClosed.
    """
    found = held_case(case)
    rows = Passing.objects.filter(case=found).select_related(
        "case", "holder__partner", "holder__unit", "holder__worker"
    )
    for passing in rows.prefetch_related("acts").order_by("pk"):
        acts = standing(passing.acts.all())
        if acts and acts[-1].kind == NAMED and still_serves(passing):
            acts[-1].taken_back_at, acts[-1].taken_back_by = timezone.now(), actor
            acts[-1].save(update_fields=["taken_back_at", "taken_back_by"])
            undo_naming(agency, actor, passing, acts[-1], _("The worker stays after all."))
    found.called_off_at = found.closed_at = timezone.now()
    found.closed_by = actor
    found.save(update_fields=["called_off_at", "closed_at", "closed_by"])
    note(actor, "call hand-over off", found)
    return found
