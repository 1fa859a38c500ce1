"""What the clock tells of waves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from accounts.models import User
from agencies.models import Agency, Role
from delivery.models import Notice
from partners.models import Commitment
from ssu.models import Unit
from transition import operations
from transition.models import Shift, Wave

DAY = timedelta(days=1)


def test_replies_that_are_due_are_told_once_to_who_may_know_the_unit(
    act: dict[str, Any],
    inside: Agency,
    alice: User,
    bob: User,
    dan: User,
    joins: Callable[..., Any],
    unit: Unit,
    promise: Callable[..., Commitment],
    opened: Callable[..., list[Shift]],
) -> None:
    joins(bob, Role.STAFF)
    joins(dan, Role.FINANCE)
    left = inside.today() - 9 * DAY
    told, quiet = opened(promise("Moab", 5000), promise("Boaz", 5000), on=left)
    assert operations.tell_replies_due(agency=inside) == 0
    operations.give_notice(**act, shift=told, on=left, how="spoken")
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Birch")
    assert [operations.tell_replies_due(agency=inside) for _again in range(2)] == [1, 1]
    notices = Notice.objects.filter(kind="replies_due")
    assert [(each.user, "1 commitment has" in each.text, "Riverbend" in each.text) for each in notices] == [
        (alice, True, False)
    ]
    Wave.objects.update(reply_by=inside.today())
    Notice.objects.all().delete()
    assert (operations.tell_replies_due(agency=inside), Notice.objects.count(), quiet.pk > 0) == (0, 0, True)
