"""Gifts on the old account are talked over; the gift itself stays where the giver put it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from partners.models import GiftLine
from transition.models import Shift, TalkedOver
from transition.operations.acts import ActAhead
from transition.operations.plans import held, note
from transition.queries.old_accounts import still_on_old_accounts


class NotOnTheList(Refused):
    """Only what came on the old account is talked over, and once."""

    code = "talk_not_listed"
    message = "This gift is not on the list any more. Look at the page again."


@transaction.atomic
def talk_over(
    *, agency: Agency, actor: User | None, shift: Shift, line: GiftLine, on: date, words: str = ""
) -> TalkedOver:
    """Note that the giver was asked about a gift on the old account. Raises NotOnTheList, ActAhead, PlanOver."""
    plan = held(shift.wave.plan)
    if on > agency.today():
        raise ActAhead
    if (shift.pk, line.pk) not in {(each.shift_id, each.line_id) for each in still_on_old_accounts(plan)}:
        raise NotOnTheList
    made: TalkedOver = TalkedOver.objects.create(
        agency=agency, shift=shift, line=line, on=on, words=words.strip()[:400], by=actor
    )
    note(actor, "talk over gift", plan, shift=shift.pk, gift_line=line.pk)
    return made


@transaction.atomic
def take_back_talk(*, agency: Agency, actor: User | None, talk: TalkedOver) -> TalkedOver:
    """It was not talked over: the gift stands on the list again. Raises NotOnTheList when that was said before."""
    plan = held(talk.shift.wave.plan)
    found: TalkedOver = TalkedOver.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    if found.taken_back_at is not None:
        raise NotOnTheList
    found.taken_back_at, found.taken_back_by = timezone.now(), actor
    found.save(update_fields=["taken_back_at", "taken_back_by"])
    note(actor, "take back talk", plan, shift=found.shift_id, gift_line=found.line_id)
    return found
