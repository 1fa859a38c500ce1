"""Which lines givers would like to help with."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from budgets.models import Line, Preference
from budgets.operations.versions import label_of
from core.errors import Refused
from partners.models import GivingUnit
from ssu.operations import need_at_work


class PreferredAlready(Refused):
    """A giver prefers a line once."""

    code = "line_preferred_already"
    field = "starts_on"
    message = "This giver prefers this line already in these days. End that preference first, or choose a later day."


class IncomeNotPreferred(Refused):
    """What is asked for are the expense lines."""

    code = "income_line_not_preferred"
    message = "This is an income line. Choose an expense line: what should the gift help with?"


class EndsBeforeItBegins(Refused):
    """A preference ends on the day it began or later."""

    code = "preference_ends_before_it_begins"
    field = "ends_on"
    message = "The preference began later than this day. Enter that day or a later one."


class PreferenceEnded(Refused):
    """A preference ends once."""

    code = "preference_ended_already"
    message = "This preference has ended already. Open the page again to see where it stands."


@transaction.atomic
def prefer_line(
    *, agency: Agency, actor: User | None, giving_unit: GivingUnit, line: Line, starts_on: date
) -> Preference:
    """Write down that a giver would like to help with a line, in this version and in those that follow.

    Raises PreferredAlready, IncomeNotPreferred and UnitArchived.
    """
    budget = line.budget
    need_at_work(budget.unit_id)
    if line.kind != Line.Kind.EXPENSE:
        raise IncomeNotPreferred
    GivingUnit.objects.select_for_update().get(pk=giving_unit.pk)
    same = {"giving_unit": giving_unit, "unit_id": budget.unit_id, "line_root": line.root}
    if Preference.objects.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), **same).exists():
        raise PreferredAlready
    made: Preference = Preference.objects.create(agency=agency, starts_on=starts_on, by=actor, **same)
    audit.record(actor=actor, verb="prefer budget line", of=made, label=label_of(budget))
    return made


@transaction.atomic
def end_preference(*, agency: Agency, actor: User | None, preference: Preference, ends_on: date) -> Preference:
    """End a preference; `ends_on` is the first day without it. Raises EndsBeforeItBegins and PreferenceEnded."""
    found: Preference = Preference.objects.select_for_update().select_related("unit").get(pk=preference.pk)
    if found.ends_on is not None:
        raise PreferenceEnded
    if ends_on < found.starts_on:
        raise EndsBeforeItBegins
    found.ends_on = ends_on
    found.save(update_fields=["ends_on"])
    audit.record(actor=actor, verb="end line preference", of=found, label=found.unit.public_name)
    return found
