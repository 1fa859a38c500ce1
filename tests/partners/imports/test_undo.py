"""Undo of an import: by reversal, to the cent, once, for thirty days, and never below what rests on it."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, AuditEntry
from core.money import Money
from funds.models import AccountMonth, Designation, Entry, Posting
from funds.operations import close_months
from funds.proofs import prove_ledger
from imports.models import ImportRun, StagedRow
from imports.operations import apply_import, check_import, receive_file, undo_import
from imports.operations.undo import NothingToUndo, RestsOnIt, UndoTooLate
from partners import operations
from partners.models import Commitment, ExternalId, Gift, GiftLine, GivingUnit, Partner, StatementLine
from partners.proofs import prove_designations, prove_gifts
from tests.imports.conftest import SAMPLES, harbor

__all__ = ["harbor"]
Bring = Callable[..., ImportRun]
HEAD = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency\n"
ROWS = "".join(f"91{n:02},2026-03-{n:02},77{n:02},Name {n},0900101,{n}0.00,USD\n" for n in range(1, 6))


@pytest.fixture
def bring(harbor: Agency, alice: User) -> Bring:
    """Check and apply a file: a sample by name, or its text."""

    def run(content: Any) -> ImportRun:
        given = SAMPLES / content if isinstance(content, str) and "\n" not in content else content.encode()
        received = receive_file(agency=harbor, actor=alice, name="gifts.csv", content=given, check=False)
        return apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))

    return run


@pytest.fixture
def undo(harbor: Agency, alice: User) -> Bring:
    """Undo an import here."""
    return lambda run: undo_import(agency=harbor, actor=alice, run=run, reason="wrong file")


def proven(agency: Agency) -> list[str]:
    """Every difference that the proofs of money find."""
    return [each for prove in (prove_ledger, prove_gifts, prove_designations) for each in prove(agency).differences]


def held() -> dict[Any, int]:
    """What each account holds, from its entries."""
    rows = Entry.objects.values_list("account", "currency").annotate(total=Sum("amount"))
    return {(account, currency): int(total) for account, currency, total in rows if total}


def months() -> dict[Any, int]:
    """What each account holds per month, from the summary."""
    rows = AccountMonth.objects.values_list("account", "month", "currency").annotate(total=Sum("debit") + Sum("credit"))
    return {tuple(rest): int(total) for *rest, total in rows if total}


def standing() -> Counter[str]:
    """What stands."""
    return Counter(
        partners=Partner.objects.count(),
        numbers=ExternalId.objects.count(),
        gifts=Gift.objects.standing().count(),
        lines=GiftLine.objects.standing().count(),
        promises=Commitment.objects.count(),
        statement_lines=StatementLine.objects.standing().count(),
    )


@pytest.mark.parametrize("name", ["bad/split_does_not_sum.csv", "stripe/payout_reconciliation.csv"])
def test_undone_the_agency_is_as_it_was_and_the_file_comes_again(
    name: str, bring: Bring, undo: Bring, harbor: Agency
) -> None:
    bring("generic/partners.csv")
    before = standing(), held(), months()
    run = bring(name)
    after, made = (standing(), held(), months()), run.applied
    assert after != before
    undone = undo(run)
    assert (undone.state, standing(), held(), months(), proven(harbor)) == ("undone", *before, [])
    taken = {key: number for key, number in made.items() if number and key != "rows"}
    assert {key: undone.undone["taken"][key] for key in taken} == taken
    assert undone.undone["stays"] == {}
    again = bring(name)
    assert (again.applied, standing(), held(), months(), proven(harbor)) == (made, *after, [])


def test_the_same_import_is_applied_again_with_the_rows_it_kept(
    bring: Bring, undo: Bring, harbor: Agency, alice: User
) -> None:
    run = bring(HEAD + ROWS)
    rows, made = set(StagedRow.objects.values_list("pk", flat=True)), run.applied
    undo(run)
    again = apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=run))
    assert (again.applied, set(StagedRow.objects.values_list("pk", flat=True))) == (made, rows)
    assert set(GiftLine.objects.standing().values_list("staged_row", flat=True)) <= rows
    undo(again)
    assert (Gift.objects.standing().count(), proven(harbor)) == (0, [])


def test_each_posting_has_its_reversal_on_its_own_day(bring: Bring, undo: Bring, alice: User) -> None:
    run = bring(HEAD + ROWS)
    undo(run)
    pairs = Posting.objects.filter(kind="reversal").values_list("date", "reverses__date", "reason", "posted_by")
    assert len(pairs) == 5
    assert {(day == first, reason, by) for day, first, reason, by in pairs} == {
        (True, f"undo of import {run.pk}: wrong file", alice.pk)
    }
    entry = AuditEntry.objects.get(verb="undo import")
    assert (entry.object_id, entry.reason, entry.changes["taken"]["gifts"]) == (run.pk, "wrong file", 5)


def test_an_import_is_undone_once_and_for_thirty_days(bring: Bring, undo: Bring) -> None:
    run = bring(HEAD + ROWS)
    ImportRun.objects.update(applied_at=timezone.now() - timedelta(days=31))
    with pytest.raises(UndoTooLate):
        undo(run)
    ImportRun.objects.update(applied_at=timezone.now() - timedelta(days=29))
    undo(run)
    with pytest.raises(NothingToUndo):
        undo(run)


def first_gift() -> Gift:
    found: Gift = Gift.objects.order_by("pk").first()
    return found


def refund(agency: Agency, actor: User) -> None:
    gift, one = first_gift(), Money(100, "USD")
    operations.refund_gift(
        agency=agency, actor=actor, gift=gift, amount=one, on=agency.today(), reason="asked", key="r"
    )


def correct(agency: Agency, actor: User) -> None:
    line = GiftLine.objects.get(gift=first_gift())
    part = operations.Part(line.designation, Money(500, "USD"))
    operations.correct_gift(agency=agency, actor=actor, gift=line.gift, reason="less", key="c", parts=[part])


def close(agency: Agency, actor: User) -> None:
    close_months(agency=agency, actor=actor, month=first_gift().date, reason="done")


HOLDS = [(refund, "refund", 1), (correct, "correction", 1), (close, "month", 5)]


@pytest.mark.parametrize(("act", "reason", "count"), HOLDS)
def test_what_rests_on_a_row_holds_the_import_and_is_named(
    act: Callable[..., None], reason: str, count: int, bring: Bring, undo: Bring, harbor: Agency, alice: User
) -> None:
    run = bring(HEAD + ROWS)
    act(harbor, alice)
    before = standing(), held()
    with pytest.raises(RestsOnIt) as refused:
        undo(run)
    assert str(refused.value).startswith("Nothing was undone. Row 1 (line 2): ")
    assert (standing(), held(), ImportRun.objects.get(pk=run.pk).state) == (*before, "applied")


def test_a_line_that_was_assigned_holds_the_import(bring: Bring, undo: Bring, harbor: Agency, alice: User) -> None:
    run = bring(HEAD + "9101,2026-03-01,7701,Name,nowhere,10.00,USD\n")
    known = Designation.objects.get(code="0900101")
    line = GiftLine.objects.get()
    operations.assign_line(agency=harbor, actor=alice, line=line, designation=known, reason="asked", key="a")
    with pytest.raises(RestsOnIt, match="taken out of suspense"):
        undo(run)
    line.refresh_from_db()
    operations.take_back_assignment(agency=harbor, actor=alice, line=line, reason="asked", key="b")
    undo(run)
    assert (held(), proven(harbor)) == ({}, [])


def test_partners_whom_something_else_rests_on_stay(bring: Bring, undo: Bring, harbor: Agency, alice: User) -> None:
    run = bring("generic/partners.csv")
    count = Partner.objects.count()
    changed, gave, wrote = Partner.objects.order_by("pk")[:3]
    operations.update_partner(agency=harbor, actor=alice, partner=changed, greeting="Ruth")
    giver = GivingUnit.objects.get(partner=gave)
    part = operations.Part(Designation.objects.get(code="0900101"), Money(500, "USD"))
    operations.record_gift(agency=harbor, actor=alice, giving_unit=giver, on=harbor.today(), parts=[part], key="g")
    operations.add_phone(agency=harbor, actor=alice, partner=wrote, number="+1 555 0100", whose="partner")
    undone = undo(run)
    assert undone.undone == {"taken": {"partners": count - 3}, "stays": {"partners": 3}}
    assert set(Partner.objects.all()) == {changed, gave, wrote}


def test_a_gift_that_a_person_withdrew_is_not_reversed_twice(
    bring: Bring, undo: Bring, harbor: Agency, alice: User
) -> None:
    run = bring(HEAD + ROWS)
    operations.correct_gift(agency=harbor, actor=alice, gift=first_gift(), reason="no gift", key="w")
    assert undo(run).undone["taken"]["gifts"] == 4
    assert (held(), proven(harbor)) == ({}, [])


def test_of_another_import_nothing_is_taken(bring: Bring, undo: Bring, harbor: Agency) -> None:
    first = bring(HEAD + ROWS)
    bring(HEAD + "9199,2026-04-01,7701,Name 1,0900101,99.00,USD\n")
    undo(first)
    assert Gift.objects.standing().aggregate(total=Sum("amount"))["total"] == 9900
    assert proven(harbor) == []


def test_the_database_keeps_the_giver_of_a_gift_that_stands(bring: Bring, harbor: Agency, alice: User) -> None:
    bring(HEAD + ROWS)
    partner = operations.add_partner(agency=harbor, actor=alice, kind="person", first_name="Ruth", last_name="Moab")
    giver = GivingUnit.objects.get(partner=partner)
    for name, value in (("giving_unit", giver), ("soft_partner", partner)):
        with pytest.raises(IntegrityError, match="keeps its giver"), transaction.atomic():
            Gift.objects.update(**{name: value})
    with pytest.raises(IntegrityError, match="keeps its giver"), transaction.atomic():
        Gift.objects.update(withdrawn_at=timezone.now(), giving_unit=giver)


def test_a_statement_line_that_was_withdrawn_stays_withdrawn(bring: Bring, undo: Bring) -> None:
    undo(bring("stripe/payout_reconciliation.csv"))
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.update(withdrawn_at=None)


def test_rows_that_another_standing_file_has_too_come_in_with_it_again(
    bring: Bring, undo: Bring, harbor: Agency, alice: User
) -> None:
    rows = ROWS.splitlines(keepends=True)
    line = "Date,Description,Amount\n2026-07-01,{},5.00\n"
    first, bank = bring(HEAD + "".join(rows[:3])), bring(line.format("A"))
    beside, after = bring(HEAD + rows[4]), bring(HEAD + "".join(rows[1:4]))
    same_bank = bring(line.format("A") + "2026-07-02,B,6.00\n")
    assert after.outcome["new_lines"] == 1
    assert (undo(first).undone["again"], undo(bank).undone["again"]) == ([after.pk], [same_bank.pk])
    states = {run.pk: run.state for run in ImportRun.objects.all()}
    assert (states[after.pk], states[same_bank.pk], states[beside.pk]) == ("uploaded", "uploaded", "applied")
    for run in (after, same_bank):
        checked = check_import(agency=harbor, run=run)
        assert (checked.state, checked.outcome["new_lines"]) == ("checked", 2 if run == after else 1)
        apply_import(agency=harbor, actor=alice, run=checked)
    numbers = Gift.objects.filter(withdrawn_at=None).order_by("external_id").values_list("external_id", flat=True)
    assert list(numbers) == ["9102", "9103", "9104", "9105"]
    assert StatementLine.objects.filter(withdrawn_at=None).count() == 2
    assert proven(harbor) == []
