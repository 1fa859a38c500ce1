"""The check of giving after an exit: made once for each of its days, kept as it was then, and told."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from agencies import audit
from agencies.models import Agency, Membership
from agencies.seats import seat_of
from delivery.operations import notify
from handover.models import Case, Check, Passing, PassingAct
from handover.notice_kinds import CHECKED, IN_TOUCH
from handover.queries.retention import outcomes
from partners.models import Holder


@transaction.atomic
def make_check(*, agency: Agency, actor: User | None, case: Case, after: int) -> list[Check]:
    """Write down what became of the giving of each partner of a case so many days after the exit, and tell who opened
    it and who took partners over. Made before: nothing happens.
    """
    held: Case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if Check.objects.filter(passing__case=held, after=after).exists():
        return []
    rows = list(Passing.objects.filter(case=held).select_related("holder"))
    found, today = outcomes(rows, held.leaves_on, after), agency.today()
    made: list[Check] = Check.objects.bulk_create(
        [Check(agency=agency, passing_id=pk, after=after, outcome=what, looked_on=today) for pk, what in found.items()]
    )
    changes = {"after": after, "partners": len(made)}
    audit.record(actor=actor, verb="check giving", of=held, label=f"hand-over {held.pk}", changes=changes)
    tell_owner(agency, held, after, made)
    ask_holders(agency, held, after)
    return made


def tell_owner(agency: Agency, case: Case, after: int, made: list[Check]) -> None:
    """Who opened the case hears of it, unless the person left; only partners whom the person may know are counted."""
    owner = Membership.objects.filter(user=case.opened_by_id, left_at=None).first()
    if owner is None:
        return
    known = set(Passing.objects.seen_by(seat_of(agency, owner)).filter(case=case).values_list("pk", flat=True))
    outcomes_known = [each.outcome for each in made if each.passing_id in known]
    if not outcomes_known:
        return
    stopped = outcomes_known.count(Check.Outcome.STOPPED)
    notify(
        agency=agency,
        users=[case.opened_by],
        kind=CHECKED.name,
        text=_("Giving %(days)s days after an exit was checked: %(stopped)s of %(all)s partners stopped.")
        % {"days": after, "stopped": stopped, "all": len(outcomes_known)},
        url=reverse("handover", args=[agency.slug, case.pk]),
        key=f"hand-over {case.pk} after {after}",
    )


def ask_holders(agency: Agency, case: Case, after: int) -> None:
    """Who took partners over and holds them still is asked to be in touch: counted are those whom the person may know,
    and what they gave is not said.
    """
    members = Membership.objects.filter(left_at=None, workers__in=holding(case).values("new_holder__worker"))
    for each in members.select_related("user").distinct():
        known = Passing.objects.partners_known(seat_of(agency, each))
        mine = holding(case).filter(new_holder__worker__membership=each, passing__in=known.values("pk")).count()
        if not mine:
            continue
        text = ngettext(
            "%(days)s days after an exit: be in touch with %(count)s partner whom you took over.",
            "%(days)s days after an exit: be in touch with %(count)s partners whom you took over.",
            mine,
        )
        notify(
            agency=agency,
            users=[each.user],
            kind=IN_TOUCH.name,
            text=text % {"days": after, "count": mine},
            url=reverse("partners", args=[agency.slug]),
            key=f"in touch {case.pk} after {after}",
        )


def holding(case: Case) -> Any:
    """The namings of new holders in a case that stand, where the new holder holds the partner today."""
    acts = PassingAct.objects.filter(passing__case=case, kind=PassingAct.Kind.NAMED, taken_back_at=None)
    return acts.filter(new_holder__in=Holder.objects.standing())
