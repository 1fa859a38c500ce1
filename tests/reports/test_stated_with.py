"""After two records became one, the year ends with one statement, and an undo makes them two again (ADR 14)."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from partners import operations as partners
from partners.models import Gift, GivingUnit, Merge, Partner
from reports.documents.contents import contents_of, totals
from reports.models import StatementIssue
from reports.operations import issue_statements, start_single
from reports.operations.issuing import NothingToState
from reports.proofs import prove_statements
from reports.queries.givers import OUTDATED, RETURNED, SEVERAL, amounts_of, givers_of, to_state
from reports.queries.lines import lines_of, longer_than
from tests.cast import Visitor
from tests.reports.conftest import DAY, YEAR

Give = Callable[..., Gift]
MakeGiver = Callable[..., GivingUnit]
Issue = Callable[..., list[StatementIssue]]


@pytest.fixture
def merge(inside: Agency, alice: User) -> Callable[[GivingUnit, GivingUnit], Merge]:
    """`merge(kept, gone)` makes one partner of two."""

    def run(kept: GivingUnit, gone: GivingUnit) -> Merge:
        one, two = (Partner.objects.get(giving_units=unit) for unit in (kept, gone))
        return partners.merge_partners(agency=inside, actor=alice, survivor=one, losers=[two])[0]

    return run


@pytest.fixture
def rut(make_giver: MakeGiver) -> GivingUnit:
    """Ruth again, under another name."""
    return make_giver("Moab", first_name="Rut")


def told(agency: Agency, givers: list[int]) -> dict[int, int]:
    """What each would be told that they gave, where that is anything."""
    said = contents_of(agency, YEAR, givers)
    return {giver: sum(totals(content).values()) for giver, content in said.items() if content["lines"]}


def test_who_became_one_gets_one_statement(
    inside: Agency, alice: User, ruth: GivingUnit, rut: GivingUnit, give: Give, issue: Issue, merge: Any
) -> None:
    give(rut, 500)
    give(ruth, 700)
    give(rut, 30, on=DAY.replace(day=5))
    merge(ruth, rut)
    assert (to_state(YEAR), to_state(YEAR, [rut.pk]), to_state(YEAR, [ruth.pk])) == ([ruth.pk], [], [ruth.pk])
    assert told(inside, [ruth.pk, rut.pk]) == {ruth.pk: 1230}
    assert [line.amount for line in lines_of(YEAR)] == [500, 700, 30]
    assert {giver: [each.minor for each in sums] for giver, sums in amounts_of(YEAR, [ruth.pk, rut.pk]).items()} == {
        ruth.pk: [1230]
    }
    assert (longer_than(YEAR, [ruth.pk], 2), longer_than(YEAR, [ruth.pk], 3)) == ([ruth.pk], [])
    assert (givers_of(inside, YEAR).stated, givers_of(inside, YEAR).group(SEVERAL)) == ({ruth.pk}, set())
    with pytest.raises(NothingToState):
        start_single(agency=inside, actor=alice, giving_unit=rut, year=YEAR)
    (issued,) = issue()
    assert (issued.giving_unit_id, issued.label, len(issued.content["lines"])) == (ruth.pk, "2025-000001", 3)
    assert prove_statements(inside).differences == []


def test_undo_makes_two_again_and_corrects_what_was_issued(
    inside: Agency, alice: User, ruth: GivingUnit, rut: GivingUnit, give: Give, issue: Issue, merge: Any
) -> None:
    give(ruth, 700)
    give(rut, 500)
    alone = issue_statements(agency=inside, actor=alice, year=YEAR, givers=[ruth.pk])[0].issue
    made = merge(ruth, rut)
    assert givers_of(inside, YEAR).group(OUTDATED) == {ruth.pk}
    (joint,) = issue()
    assert (joint.number, joint.version, joint.replaces, len(joint.content["lines"])) == (1, 2, alone, 2)
    assert givers_of(inside, YEAR).group(OUTDATED) == set()
    partners.undo_merge(agency=inside, actor=alice, merge=made)
    assert givers_of(inside, YEAR).group(OUTDATED) == {ruth.pk}
    assert told(inside, [ruth.pk, rut.pk]) == {ruth.pk: 700, rut.pk: 500}
    again, own = issue()
    assert [(each.giving_unit_id, each.number, each.version) for each in (again, own)] == [
        (ruth.pk, 1, 3),
        (rut.pk, 2, 1),
    ]
    assert givers_of(inside, YEAR).group(OUTDATED) == set()
    merge(ruth, rut)  # what was issued apart stays apart
    assert [each.version for each in issue()] == [3, 1]
    assert givers_of(inside, YEAR).group(SEVERAL) == {ruth.pk, rut.pk}
    assert (prove_statements(inside).differences, prove_statements(inside).compared["outdated"]) == ([], 0)


@pytest.mark.parametrize("why", ["issued", "kind", "spouse", "made a couple", "named"])
def test_who_is_not_one_giver_or_was_stated_keeps_two(
    inside: Agency, alice: User, ruth: GivingUnit, make_giver: MakeGiver, give: Give, merge: Any, why: str
) -> None:
    couple = {"spouse_first_name": "Boaz"} if why in ("spouse", "made a couple") else {}
    other = make_giver("Moab", "church" if why == "kind" else "person", **couple)
    give(ruth, 700)
    give(other, 500)
    if why == "issued":
        issue_statements(agency=inside, actor=alice, year=YEAR, givers=[other.pk])
    if why == "named":
        GivingUnit.objects.filter(pk=other.pk).update(name="Estate of Ruth Moab")
    if why == "spouse":
        merge(other, ruth)
    else:
        merge(ruth, other)
    assert told(inside, [ruth.pk, other.pk]) == {ruth.pk: 700, other.pk: 500}
    assert givers_of(inside, YEAR).group(SEVERAL) == {ruth.pk, other.pk}
    assert prove_statements(inside).differences == []


def test_who_was_given_back_more_is_judged_together(
    inside: Agency, ruth: GivingUnit, rut: GivingUnit, give: Give, merge: Any
) -> None:
    give(rut, 500)
    give(ruth, -200, kind="refund")
    assert givers_of(inside, YEAR).group(RETURNED) == {ruth.pk}
    merge(ruth, rut)
    assert givers_of(inside, YEAR).group(RETURNED) == set()


def test_pages_name_who_is_stated_with_whom(
    inside: Agency,
    alice: User,
    ruth: GivingUnit,
    rut: GivingUnit,
    give: Give,
    merge: Any,
    visit: Callable[[User], Visitor],
) -> None:
    give(ruth, 700)
    give(rut, 500)
    merge(ruth, rut)
    browser = visit(alice)
    address = f"/a/harbor/reports/statements/{YEAR}/"

    def page(giver: GivingUnit) -> str:
        return browser.get(f"{address}{giver.pk}/").content.decode()

    assert ("Also states" in page(ruth), "$12.00" in page(ruth), "Issue now" in page(ruth)) == (True, True, True)
    assert ("Stated with" in page(rut), "Issue now" in page(rut)) == (True, False)
    assert f'href="{address}{ruth.pk}/"' in page(rut)


ACTS = st.tuples(st.sampled_from(["give", "merge", "undo", "issue"]), st.integers(0, 2), st.integers(0, 2))


@given(acts=st.lists(ACTS, min_size=3, max_size=10))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_gift_is_told_once_through_merges_undos_and_issues(
    inside: Agency, alice: User, make_giver: MakeGiver, give: Give, merge: Any, issue: Issue, acts: Any
) -> None:
    units = [make_giver("Moab", first_name=name) for name in ("Ruth", "Rut", "R.")]
    for number, (act, one, two) in enumerate(acts):
        standing = Merge.objects.standing().order_by("-pk").first()
        stands = [unit for unit in units if Partner.objects.get(giving_units=unit).pk and unit_stands(unit)]
        if act == "give":
            give(units[one], 10**number)
        elif act == "issue":
            issue_statements(agency=inside, actor=alice, year=YEAR, givers=to_state(YEAR, [units[one].pk]))
        elif act == "undo" and standing:
            partners.undo_merge(agency=inside, actor=alice, merge=standing)
        elif act == "merge" and units[one] in stands and units[two] in stands and one != two:
            merge(units[one], units[two])
        assert prove_statements(inside).differences == []
    given_in_all = sum(Gift.objects.filter(giving_unit__in=units).values_list("amount", flat=True))
    issue()
    newest = StatementIssue.objects.filter(giving_unit__in=units, replaced_by=None)
    assert sum(sum(totals(each.content).values()) for each in newest) == given_in_all


def unit_stands(unit: GivingUnit) -> bool:
    """Whether no merge has brought it to another."""
    return GivingUnit.objects.filter(pk=unit.pk, came_by=None).exists()
