"""The check of giving after an exit: made once for each of its days, kept as it was then, and told."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency, Membership
from agencies.seats import seat_of
from delivery.operations import notify
from handover.models import Case, Check, Passing
from handover.notice_kinds import CHECKED
from handover.queries.retention import outcomes


@transaction.atomic
def make_check(*, agency: Agency, actor: User | None, case: Case, after: int) -> list[Check]:
    """Write down what became of the giving of each partner of a case so many days after the exit, and tell who opened
    it. Made before: nothing happens.
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
        about=f"hand-over {case.pk} after {after}",
    )
