"""Payouts of processors: the bank's line is charges less fees, each charge its gift; the samples as they come."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from imports.operations.undo import RestsOnIt
from partners.models import BankMatch, Gift, MatchPart, StatementLine
from partners.operations import correct_gift
from partners.operations.reconciling.matching import match_lines
from partners.operations.reconciling.proposed import as_proposed, payout_at
from partners.operations.reconciling.refusals import NothingLikeThat
from partners.operations.reconciling.taking_back import take_match_back
from partners.proofs_of_matches import prove_reconciliation
from partners.queries.reconciliation.lines import incoming
from tests.cast import Visitor
from tests.partners.reconciliation.test_proposing import proposed

SAMPLES = Path(__file__).resolve().parents[3] / "data/samples"
PAYOUT = "po_1AAPKNHGJru2dpm"


def bring(agency: Agency, alice: User, name: str) -> ImportRun:
    received = receive_file(agency=agency, actor=alice, name=name, content=SAMPLES / name, check=False)
    return apply_import(agency=agency, actor=alice, run=check_import(agency=agency, run=received))


@pytest.fixture
def runs(inside: Agency, alice: User) -> dict[str, ImportRun]:
    """The bank's July, and the processors' files, as a person brings them."""
    files = ("stripe/payout_reconciliation.csv", "paypal/activity_us.csv", "paypal/giving_fund_payout.csv")
    return {name: bring(inside, alice, name) for name in (*files, "bank/checking_july.ofx")}


def take(agency: Agency, alice: User, line: StatementLine, name: str, key: str = "k") -> BankMatch:
    (made,) = match_lines(agency=agency, actor=alice, explanations=[as_proposed(line, name)], key=key)
    return made


def test_the_payouts_of_july_are_proposed_for_their_lines_and_explain_them(
    inside: Agency, alice: User, runs: dict[str, ImportRun]
) -> None:
    lines = list(incoming().order_by("date", "pk"))
    assert len(lines) == 22
    named = {line.party: names for line, names in zip(lines, proposed(*lines), strict=True) if names}
    sure = {party: names[0] for party, names in named.items() if names[0][0].startswith("payout:")}
    assert set(named) == set(sure)  # no charge is proposed by itself
    assert sure == {
        "STRIPE": (f"payout:STRIPE/{PAYOUT}", True),
        "PPGF": ("payout:PPGF/2026-07-24", True),
        "PAYPAL": ("payout:PAYPAL/CC1T3GAN8NX66DPHL", False),
    }
    for party, (name, _sure) in sure.items():
        take(inside, alice, incoming().get(party=party), name, key=party)
    aside = MatchPart.objects.get(match__payout_account="PAYPAL", kind="aside")  # EUR 1,469.66, exchanged
    assert (aside.reason, aside.amount) == ("converted", 157474)
    match = BankMatch.objects.get(payout=PAYOUT)
    parts = MatchPart.objects.filter(match=match)
    assert Counter(parts.values_list("kind", flat=True)) == Counter(gift=19, fee=1)
    assert (sum(part.amount for part in parts), parts.get(kind="fee").amount) == (244044, -6455)
    assert prove_reconciliation(inside).differences == []


def test_a_matched_payout_is_proposed_no_more_and_is_free_again_after_it_was_taken_back(
    inside: Agency, alice: User, runs: dict[str, ImportRun]
) -> None:
    line = incoming().get(party="STRIPE")
    again = StatementLine.objects.create(
        import_run=line.import_run, account=line.account, reference="again", date=line.date, amount=line.amount,
        currency="USD", party="STRIPE",
    )  # fmt: skip
    match = take(inside, alice, line, f"payout:STRIPE/{PAYOUT}")
    assert proposed(again) == [[]]
    take_match_back(agency=inside, actor=alice, match=match)
    assert proposed(line)[0] == [(f"payout:STRIPE/{PAYOUT}", True)]


def test_a_charge_without_its_gift_is_named_and_the_payout_not_sure(
    inside: Agency, alice: User, runs: dict[str, ImportRun], visit: Callable[[User], Visitor]
) -> None:
    found = payout_at("STRIPE", PAYOUT, "USD")
    gone = found.gifts[found.charges[0].gift_number]
    correct_gift(agency=inside, actor=alice, gift=gone, reason="not ours", key="c")
    line = incoming().get(party="STRIPE")
    assert proposed(line)[0] == [(f"payout:STRIPE/{PAYOUT}", False)]
    address = f"{reverse('reconcile_payout', args=['harbor'])}?account=STRIPE&payout={PAYOUT}&currency=USD"
    page = visit(alice).get(address).content.decode()
    assert ("1 line of this payout has no gift." in page, page.count("No gift")) == (True, 1)
    nowhere = address.replace(PAYOUT, "po_none")
    assert [visit(alice).get(each).status_code for each in (nowhere, address.partition("?")[0])] == [404, 302]
    with pytest.raises(NothingLikeThat):
        as_proposed(line, "payout:STRIPE/po_none")


def test_what_is_matched_holds_its_imports_until_it_is_taken_back(
    inside: Agency, alice: User, runs: dict[str, ImportRun]
) -> None:
    match = take(inside, alice, incoming().get(party="STRIPE"), f"payout:STRIPE/{PAYOUT}")
    for name in ("stripe/payout_reconciliation.csv", "bank/checking_july.ofx"):
        with pytest.raises(RestsOnIt, match="matched with the bank") as refused:
            undo_import(agency=inside, actor=alice, run=runs[name], reason="wrong file")
        assert "Row " in str(refused.value)
    before = Gift.objects.standing().count()
    undo_import(agency=inside, actor=alice, run=runs["paypal/giving_fund_payout.csv"], reason="wrong file")
    assert before - Gift.objects.standing().count() == 22
    take_match_back(agency=inside, actor=alice, match=match)
    for name in ("stripe/payout_reconciliation.csv", "bank/checking_july.ofx"):
        undo_import(agency=inside, actor=alice, run=runs[name], reason="wrong file")
    assert not incoming().exists()
