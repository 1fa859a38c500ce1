"""The demo shows each state of reconciliation: matched, proposed, and what nobody has explained."""

from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from funds.operations import open_designation
from home.demo.bank import ACCOUNT, ask_the_bank
from home.demo.batches import CHECKS, key_the_mail
from partners import operations
from partners.models import BankMatch, MatchPart, StatementLine
from partners.queries.reconciliation.accounts import bank_accounts
from partners.queries.reconciliation.candidates import candidates_for
from partners.queries.reconciliation.lines import incoming, unmatched
from partners.queries.reconciliation.proposing import proposals


def test_each_state_can_be_seen(inside: Agency, alice: User, led: SimpleNamespace) -> None:
    open_designation(agency=inside, actor=alice, code="0100", kind="unit", public_name="Riverbend", unit=led.open)
    for number in range(len(CHECKS)):
        operations.add_partner(agency=inside, actor=alice, kind="person", last_name=f"Giver {number}")
    key_the_mail(agency=inside, actor=alice, today=inside.today())
    ask_the_bank(inside, alice, inside.today())

    assert list(BankMatch.objects.standing().order_by("line__date").values_list("basis", flat=True)) == [
        "payout",
        "amount",
    ]
    kinds = MatchPart.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["batch", "fee", "gift", "gift", "gift"]
    waiting = list(unmatched(incoming().filter(account=ACCOUNT)).order_by("date"))
    accounts = bank_accounts()
    assert all(each.is_said for each in accounts)
    found = candidates_for(waiting, accounts, {each.deposit.pk for each in accounts})
    assert [len(proposals(line, found)) for line in waiting] == [1, 0, 0]
    assert StatementLine.objects.filter(account=ACCOUNT).count() == 5
