"""Who is erased leaves no word in the transition, and every month still adds up."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from agencies.models import Agency
from partners.models import Commitment, Erasure
from partners.operations import erase_partner
from transition import operations
from transition.models import Plan, Shift, ShiftAct, TalkedOver
from transition.proofs import prove_transition
from transition.queries.months import ledger

DAY = timedelta(days=1)


def test_words_go_and_months_stay(
    act: dict[str, Any],
    inside: Agency,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
    give: Callable[..., Any],
    places: SimpleNamespace,
) -> None:
    today = inside.today()
    gone, other = opened(promise("Moab", 10000), promise("Elimelech", 5000), on=today - 60 * DAY)
    for each in (gone, other):
        operations.give_notice(**act, shift=each, on=today - 50 * DAY, how="spoken", words="Ruth is glad")
        operations.agree(**act, shift=each, on=today - 40 * DAY, how="spoken", words="Ruth agrees")
        operations.move(**act, shift=each, on=today - 40 * DAY, effective_on=today - 35 * DAY, words="Ruth's bank")
        gift = give(each.commitment, places.account, 500, today - 30 * DAY)
        operations.talk_over(**act, shift=each, line=gift.lines.get(), on=today, words="Ruth forgot")
    months = ledger(inside, Plan.objects.all())
    partner = gone.commitment.giving_unit.partner
    assert partner is not None
    erase_partner(**act, partner=partner, ground=Erasure.Ground.ASKED, words="Asked by letter")
    for model in (ShiftAct, TalkedOver):
        assert {each.words for each in model.objects.filter(shift=gone)} == {""}
        assert "" not in {each.words for each in model.objects.filter(shift=other)}
    assert list(ShiftAct.objects.filter(shift=gone).values_list("kind", flat=True)) == ["noticed", "agreed", "moved"]
    past = min(months)
    assert ledger(inside, Plan.objects.all())[past] == months[past]
    assert prove_transition(inside).holds
