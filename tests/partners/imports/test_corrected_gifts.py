"""A file that comes again after its gifts were corrected, withdrawn or refunded by hand."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file
from partners import operations
from partners.imports.applying import apply_judged
from partners.models import Gift, GiftLine
from partners.operations import Part
from partners.operations.refunds import MoreThanGiven

HEADER = "source,gift_id,gift_date,donor_id,designation,amount,type,reverses"
DAY = date(2025, 3, 14)
FIRST = "HLM,1,2025-03-14,7,0100,50.00,,"
Bring = Callable[..., ImportRun]


@pytest.fixture
def fund(inside: Agency, alice: User) -> Designation:
    return open_designation(agency=inside, actor=alice, code="0100", public_name="Riverbend", kind="general")


def brought(agency: Agency, actor: User, *rows: str) -> ImportRun:
    """A file of these rows, checked and applied."""
    content = "\n".join([HEADER, *rows]).encode()
    run = receive_file(
        agency=agency, actor=actor, name="gifts.csv", content=content, format_name="generic_gifts", check=False
    )
    return apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=run))


@pytest.fixture
def bring(inside: Agency, alice: User, fund: Designation) -> Bring:
    return lambda *rows: brought(inside, alice, *rows)


@pytest.fixture
def correct(inside: Agency, alice: User, fund: Designation) -> Callable[..., Gift | None]:
    """`correct(gift, 4000)` sets another amount in its place, `correct(gift)` withdraws it."""

    def act(gift: Gift, minor: int = 0) -> Gift | None:
        parts = [Part(fund, Money(minor, "USD"))] if minor else []
        made = operations.correct_gift(
            agency=inside, actor=alice, gift=gift, reason="keyed wrong", key=f"c{gift.pk}", parts=parts
        )
        return made.replacement

    return act


@pytest.fixture
def refund(inside: Agency, alice: User) -> Callable[[Gift, int], Gift]:
    def act(gift: Gift, minor: int) -> Gift:
        return operations.refund_gift(
            agency=inside, actor=alice, gift=gift, amount=Money(minor, "USD"), on=DAY, reason="card", key=f"r{minor}"
        )

    return act


def standing() -> list[tuple[str, int]]:
    return list(GiftLine.objects.standing().order_by("pk").values_list("source", "amount"))


def found_in(run: ImportRun) -> tuple[int, int, int]:
    """How many new lines, duplicates and errors a file had."""
    counts = run.outcome["findings"]
    return run.outcome["new_lines"], counts.get("duplicates", 0), counts.get("errors", 0)


def test_a_corrected_gift_comes_again_and_is_a_duplicate(bring: Bring, correct: Callable[..., Gift]) -> None:
    bring(FIRST)
    second = correct(correct(Gift.objects.get(), 4000), 3000)
    assert second.amount == 3000
    assert found_in(bring(FIRST, "HLM,2,2025-03-14,7,0100,9.00,,")) == (1, 1, 0)
    assert standing() == [("hand", 3000), ("HLM", 900)]


def test_a_gift_withdrawn_by_hand_stays_withdrawn(bring: Bring, correct: Callable[..., None]) -> None:
    bring(FIRST)
    correct(Gift.objects.get())
    assert found_in(bring(FIRST)) == (0, 1, 0)
    assert standing() == []


def test_a_gift_withdrawn_without_a_correction_frees_its_key(bring: Bring) -> None:
    bring(FIRST)
    Gift.objects.update(withdrawn_at="2025-04-01T00:00Z")
    GiftLine.objects.update(withdrawn_at="2025-04-01T00:00Z")
    assert found_in(bring(FIRST)) == (1, 0, 0)


def test_a_refund_of_a_corrected_gift_takes_back_from_what_stands(bring: Bring, correct: Callable[..., Gift]) -> None:
    bring(FIRST)
    replacement = correct(correct(Gift.objects.get(), 4500), 4000)
    assert found_in(bring(FIRST, "HLM,2,2025-03-20,7,0100,-40.01,refund,1")) == (0, 1, 1)
    bring(FIRST, "HLM,2,2025-03-20,7,0100,-30.00,refund,1")
    assert Gift.objects.get(external_id="2").reverses == replacement
    assert found_in(bring("HLM,3,2025-03-21,7,0100,-10.01,refund,1")) == (0, 0, 1)
    assert found_in(bring("HLM,3,2025-03-21,7,0100,-10.00,refund,1")) == (1, 0, 0)
    assert operations.refundable(replacement) == Money(0, "USD")


def test_what_a_file_gives_back_of_an_anonymous_gift_names_nobody(bring: Bring) -> None:
    bring(FIRST)
    Gift.objects.update(anonymous=True)
    bring("HLM,2,2025-03-20,7,0100,-30.00,refund,1")
    bring(FIRST.replace("HLM,1,", "HLM,5,"), "HLM,6,2025-03-20,7,0100,-30.00,refund,5")
    hidden = dict(Gift.objects.exclude(reverses=None).values_list("external_id", "anonymous"))
    assert hidden == {"2": True, "6": False}  # the second is the control


def test_a_refund_of_a_withdrawn_gift_waits_for_a_person(bring: Bring, correct: Callable[..., None]) -> None:
    bring(FIRST)
    correct(Gift.objects.get())
    run = bring(FIRST, "HLM,2,2025-03-20,7,0100,-30.00,refund,1")
    assert found_in(run) == (1, 1, 0)
    assert run.findings.filter(kind="review", reason="unlinked_reversal").exists()
    assert Gift.objects.get(external_id="2").reverses is None


def test_refunds_by_hand_count_in_a_file(bring: Bring, refund: Callable[[Gift, int], Gift]) -> None:
    bring(FIRST)
    refund(Gift.objects.get(), 4000)
    assert found_in(bring("HLM,2,2025-03-20,7,0100,-10.01,refund,1")) == (0, 0, 1)
    assert found_in(bring("HLM,2,2025-03-20,7,0100,-10.00,refund,1")) == (1, 0, 0)


def test_refunds_of_a_file_count_by_hand(bring: Bring, refund: Callable[[Gift, int], Gift]) -> None:
    bring(FIRST, "HLM,2,2025-03-20,7,0100,-30.00,refund,1")
    with pytest.raises(MoreThanGiven):
        refund(Gift.objects.get(external_id="1"), 2001)


def test_a_refund_withdrawn_by_hand_gives_its_money_free(bring: Bring, correct: Callable[..., None]) -> None:
    bring(FIRST, "HLM,2,2025-03-20,7,0100,-30.00,refund,1")
    correct(Gift.objects.get(external_id="2"))
    again = bring("HLM,2,2025-03-20,7,0100,-30.00,refund,1", "HLM,3,2025-03-20,7,0100,-50.00,refund,1")
    assert found_in(again) == (1, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_refund_by_hand_waits_for_the_import_that_names_its_gift(
    transactional_db: None, agency: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import has judged its file and not yet written when the refund comes."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        open_designation(agency=agency, actor=alice, code="0100", public_name="Riverbend", kind="general")
        brought(agency, alice, FIRST)
        gift = Gift.objects.get()
    judged, refunded = Event(), Event()

    def refund_by_hand() -> str:
        judged.wait(60)
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                operations.refund_gift(
                    agency=agency, actor=alice, gift=gift, amount=Money(4000, "USD"), on=DAY, reason="card", key="r"
                )
            return "refunded"
        except MoreThanGiven:
            return "refused"
        finally:
            refunded.set()
            connection.close()

    def write_late(**arguments: Any) -> dict[str, int]:
        judged.set()
        assert not refunded.wait(2)
        return apply_judged(**arguments)

    with ThreadPoolExecutor(max_workers=1) as pool:
        answer = pool.submit(refund_by_hand)
        monkeypatch.setattr("partners.imports.domain.apply_judged", write_late)
        with transaction.atomic(), scope.of_agency(agency.pk):
            brought(agency, alice, "HLM,2,2025-03-20,7,0100,-30.00,refund,1")
        assert answer.result(60) == "refused"


@pytest.mark.parametrize("number", ['a"b', "a\\b", "a,b", "{a}", "NULL", "é '", '"'])
def test_a_number_of_any_letters_is_found_again(number: str, bring: Bring) -> None:
    row = f'HLM,"{number.replace(chr(34), chr(34) * 2)}",2025-03-14,7,0100,50.00,,'
    assert found_in(bring(row)) == (1, 0, 0)
    assert found_in(bring(row)) == (0, 1, 0)
