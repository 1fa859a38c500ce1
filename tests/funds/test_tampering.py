"""A posting that somebody with all powers changed past every guard is named by the proof; the guards hold for everybody
else.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds import operations
from funds.proofs import prove_ledger
from funds.queries import deposit_account
from partners.models import GivingUnit
from partners.operations import Part, add_partner, record_gift
from partners.proofs import prove_gifts
from tests.factories.rows import provisioner
from tests.funds.conftest import MARCH

APPEND_ONLY = [
    "posting",
    "entry",
    "periodclose",
    "openingbalance",
    "transfer",
    "expense",
    "assessmentrun",
    "assessmentline",
    "journalexport",
    "exportedposting",
]


@pytest.mark.parametrize("verb", ["UPDATE {} SET agency_id = agency_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_of_the_ledger_is_changed(inside: Agency, table: str, verb: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(f"funds_{table}"))


def test_a_rule_is_ended_and_nothing_else(inside: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE funds_assessmentrule SET ends_on = ends_on")
        for wrong in ("UPDATE funds_assessmentrule SET percent = 1", "DELETE FROM funds_assessmentrule"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(wrong)


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """A committed posting of each kind, in a journal."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        river = operations.open_designation(**act, code="1", public_name="River", kind="project")
        hills = operations.open_designation(**act, code="2", public_name="Hills", kind="project")
        travel, bank = operations.open_category(**act, name="Travel"), deposit_account()
        partner = add_partner(**act, kind="person", first_name="Ruth", last_name="Moab")
        parts = [Part(river, Money(10000, "USD"))]
        giver = GivingUnit.objects.get(partner=partner)
        gift = record_gift(**act, giving_unit=giver, on=MARCH, parts=parts, key="g")
        said: dict[str, Any] = {"on": MARCH, "key": "k"}
        opening = operations.record_opening(**act, **said, designation=hills, deposit=bank, amount=Money(700, "USD"))
        spent: dict[str, Any] = {"designation": river, "category": travel, "paid_from": bank}
        expense = operations.record_expense(**act, **said, **spent, amount=Money(300, "USD"))
        resolved: dict[str, Any] = {"resolution": "7", "resolved_on": MARCH, "amount": Money(200, "USD")}
        moved = operations.transfer(**act, **said, **resolved, origin=river, destination=hills)
        operations.add_rule(**act, name="Share", percent=Decimal(10), destination=hills, starts_on=date(2026, 1, 1))
        run = operations.assess_month(**act, month=MARCH, key="a")
        operations.export_journal(**act, first_day=MARCH, last_day=MARCH, key="j")
    postings = {
        "gift": gift.posting_id,
        "opening balance": opening.posting_id,
        "expense": expense.posting_id,
        "transfer": moved.posting_id,
        "assessment": run.posting_id,
    }
    return SimpleNamespace(agency=agency, postings=postings, river=river)


def proved(kept: SimpleNamespace, prove: Callable[[Agency], Any] = prove_ledger) -> list[str]:
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        return list(prove(kept.agency).differences)


def tamper(statement: str, *values: Any) -> None:
    """Change rows as somebody whom neither grants nor triggers stop."""
    with provisioner() as cursor:
        cursor.execute(statement, list(values))


@pytest.mark.django_db(transaction=True)
def test_untouched_it_holds(kept: SimpleNamespace) -> None:
    assert (proved(kept), proved(kept, prove_gifts)) == ([], [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["opening balance", "expense", "transfer", "assessment"])
def test_both_sides_of_an_entry_doubled_with_the_summary(what: str, kept: SimpleNamespace) -> None:
    """The sums stay zero and the summary was made to fit: what the posting rests on gives it away."""
    posting = kept.postings[what]
    tamper("UPDATE funds_entry SET amount = amount * 2 WHERE posting_id = %s", posting)
    tamper(
        "UPDATE funds_accountmonth m SET debit = f.debit, credit = f.credit FROM (SELECT e.account_id, p.kind, "
        "sum(greatest(e.amount, 0)) AS debit, sum(least(e.amount, 0)) AS credit FROM funds_entry e "
        "JOIN funds_posting p ON p.id = e.posting_id GROUP BY 1, 2) f "
        "WHERE f.account_id = m.account_id AND f.kind = m.kind"
    )
    assert f"Posting {posting} does not hold what its {what} says." in proved(kept)
    assert not [line for line in proved(kept) if line.startswith("Account")]


@pytest.mark.django_db(transaction=True)
def test_a_gifts_entries_doubled(kept: SimpleNamespace) -> None:
    posting = kept.postings["gift"]
    tamper("UPDATE funds_entry SET amount = amount * 2 WHERE posting_id = %s", posting)
    assert proved(kept, prove_gifts) == [f"Posting {posting} does not hold what its gift says."]


@pytest.mark.django_db(transaction=True)
def test_a_gift_booked_on_another_designation(kept: SimpleNamespace) -> None:
    posting = kept.postings["gift"]
    tamper(
        "UPDATE funds_entry SET account_id = (SELECT id FROM funds_account WHERE name = '2' AND kind = 'designation') "
        "WHERE posting_id = %s AND amount < 0",
        posting,
    )
    assert proved(kept, prove_gifts) == [f"Posting {posting} does not hold what its gift says."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE funds_entry SET amount = amount + 1 WHERE posting_id = %s AND amount > 0", "do not sum|sum to"),
        ("DELETE FROM funds_entry WHERE posting_id = %s", "has no entries"),
        ("UPDATE funds_posting SET kind = 'gift' WHERE id = %s", "is called gift, but rests on another kind: transfer"),
    ],
)
def test_other_changes_name_the_posting_too(change: str, said: str, kept: SimpleNamespace) -> None:
    posting = kept.postings["transfer"]
    tamper(change, posting)
    found = [line for line in proved(kept) if line.startswith(f"Posting {posting}")]
    assert any(word in line for line in found for word in said.split("|"))


@pytest.mark.django_db(transaction=True)
def test_a_posting_moved_to_another_day_changes_its_journal(kept: SimpleNamespace) -> None:
    tamper("UPDATE funds_posting SET date = %s WHERE id = %s", date(2026, 3, 30), kept.postings["expense"])
    assert "Journal 1 is not what was handed out: a posting in it was changed since." in proved(kept)


@pytest.mark.django_db(transaction=True)
def test_a_summary_that_was_changed_names_account_and_month(kept: SimpleNamespace) -> None:
    tamper("UPDATE funds_accountmonth SET credit = credit - 1 WHERE kind = 'transfer' AND credit < 0")
    assert [line[:25] for line in proved(kept)] == ["Account 2, 2026-03, trans"]


def test_names_are_the_models(inside: Agency) -> None:
    """The tables above are those whose models say so."""
    from django.apps import apps

    models = apps.get_app_config("funds").get_models()
    said = {model._meta.model_name for model in models if getattr(model, "append_only", False)}
    assert said == set(APPEND_ONLY)
