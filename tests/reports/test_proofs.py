"""All statements of all years add up to the ledger, every gift once; and the proof sees it when they do not."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Designation, Posting
from funds.operations import open_designation
from partners import operations as partners
from partners.models import Gift, GivingUnit
from partners.operations import Part
from reports.documents import contents
from reports.documents.contents import contents_of
from reports.models import StatementSeries
from reports.operations import issue_statements
from reports.proofs import prove_statements
from reports.queries.givers import to_state
from reports.queries.lines import lines_of
from reports.queries.standing import Standing
from tests.cast import make_agency
from tests.reports.conftest import DAY, YEAR

Give = Callable[..., Gift]
MakeGiver = Callable[..., GivingUnit]

ACTS = st.tuples(
    st.sampled_from(["gift", "split", "goods", "refund", "correct", "withdraw"]),
    st.integers(0, 4),
    st.integers(1, 10**9),
    st.sampled_from(["USD", "KRW", "KWD"]),
    st.dates(date(2023, 12, 25), date(2026, 1, 5)),
)


@pytest.fixture
def givers(inside: Agency, make_giver: MakeGiver) -> list[GivingUnit]:
    """Two who get statements, and three who do not."""
    return [
        make_giver("Plain"),
        make_giver("Chapel", "church"),
        make_giver("Silent", receipts="none"),
        make_giver("Fund", "fund_sponsor"),
        partners.unidentified_giver(agency=inside),
    ]


@given(acts=st.lists(ACTS, max_size=8))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_statements_of_all_years_add_up(
    inside: Agency, alice: User, give: Give, general: Designation, wells: Designation, givers: Any, acts: Any
) -> None:
    for number, (act, place, minor, currency, day) in enumerate(acts):
        play(
            inside,
            alice,
            give,
            (general, wells),
            givers[place],
            act,
            minor,
            currency,
            day,
            f"{Gift.objects.count()}-{number}",
        )
    finding = prove_statements(inside)
    assert finding.differences == []
    for year in (2023, 2024, 2025, 2026):
        issue_statements(agency=inside, actor=alice, year=year, givers=to_state(year))
    assert prove_statements(inside).differences == []
    assert prove_statements(inside).compared.get("outdated", 0) == 0


def play(
    agency: Agency,
    actor: User,
    give: Give,
    to: tuple[Designation, Designation],
    giver: GivingUnit,
    act: str,
    minor: int,
    currency: str,
    day: date,
    key: str,
) -> None:
    """One thing that happens to a gift; refunds and corrections happen to one of the giver's gifts, if any."""
    first = Gift.objects.filter(giving_unit=giver, withdrawn_at=None, amount__gt=0, refunds=None).order_by("pk").first()
    money = Money(minor, currency)
    if act == "gift":
        give(giver, minor, day, currency=currency, tendered=Money(minor * 2, "EUR"))
    elif act == "split":
        give(giver, on=day, parts=[Part(to[0], money), Part(to[1], Money(7, currency)), Part(None, money, key="lost")])
    elif act == "goods":
        give(giver, minor, day, currency=currency, kind="in_kind", memo="van")
    elif first is not None and act == "refund":
        back = Money(min(minor, first.amount), first.currency)
        partners.refund_gift(
            agency=agency, actor=actor, gift=first, amount=back, on=max(day, first.date), reason="r", key=key
        )
    elif first is not None:
        parts = [Part(to[1], money)] if act == "correct" else []
        said: dict[str, Any] = {"description": "A van"} if parts and first.kind == Gift.Kind.IN_KIND else {}
        partners.correct_gift(agency=agency, actor=actor, gift=first, reason="r", key=key, on=DAY, parts=parts, **said)


def test_proof_counts_what_it_compared(inside: Agency, alice: User, give: Give, givers: list[GivingUnit]) -> None:
    for giver in givers:
        give(giver)
    issue_statements(agency=inside, actor=alice, year=YEAR, givers=to_state(YEAR))
    give(givers[0])
    finding = prove_statements(inside)
    assert (finding.compared, finding.differences) == (
        {
            "timing": 0,
            "lines": 6,
            "left out: unidentified": 1,
            "left out: fund": 1,
            "left out: not_wanted": 1,
            "statements": 2,
            "issued": 2,
            "outdated": 1,
            "years": 1,
        },
        [],
    )


def test_proof_names_a_giver_whose_line_is_not_stated(
    inside: Agency, give: Give, givers: list[GivingUnit], monkeypatch: Any
) -> None:
    give(givers[0], 500)
    give(givers[0], -200, kind="refund")
    real = lines_of
    monkeypatch.setattr(contents, "lines_of", lambda *a: (line for line in real(*a) if line.amount > 0))
    (sentence,) = prove_statements(inside).differences
    assert sentence.startswith(f"Giving unit {givers[0].pk}, 2025, USD: 2 gift lines sum to 300, but ")
    assert sentence.endswith("are 1 and sum to 500.")


def test_proof_names_a_giver_whose_line_is_stated_twice(
    inside: Agency, give: Give, givers: list[GivingUnit], monkeypatch: Any
) -> None:
    give(givers[0], 500)
    give(givers[0], 900, kind="in_kind", memo="van")
    real = lines_of
    monkeypatch.setattr(contents, "lines_of", lambda *a: (line for line in real(*a) for _ in range(2)))
    assert [sentence.partition(":")[0] for sentence in prove_statements(inside).differences] == [
        f"Giving unit {givers[0].pk}, 2025, goods",
        f"Giving unit {givers[0].pk}, 2025, USD",
    ]


def test_proof_names_a_posting_without_gift_and_a_missing_number(
    inside: Agency, give: Give, givers: list[GivingUnit]
) -> None:
    give(givers[0])
    bare = Posting.objects.create(date=DAY, kind="gift", source="test")
    StatementSeries.objects.create(year=YEAR, last=1)
    assert prove_statements(inside).differences == [
        f"Posting {bare.pk} is of kind gift, but belongs to no gift.",
        "Statement 2025-000001 is missing.",
    ]


def test_proof_names_a_gift_that_the_ledger_does_not_hold(inside: Agency, give: Give, givers: list[GivingUnit]) -> None:
    gift = give(givers[0], 500)
    Gift.objects.filter(pk=gift.pk).update(withdrawn_at=timezone.now())
    gift.lines.update(withdrawn_at=timezone.now())
    assert prove_statements(inside).differences == [
        f"Gift {gift.pk}: its lines sum to 0.00 USD, the ledger says 5.00 USD.",
    ]


@pytest.mark.parametrize(
    ("zone", "year", "today"),
    [("Pacific/Kiritimati", 2026, date(2026, 1, 1)), ("Pacific/Pago_Pago", 2025, date(2025, 12, 30))],
)
def test_contribution_date_in_the_agencys_calendar_decides_the_year(
    alice: User, zone: str, year: int, today: date, monkeypatch: Any
) -> None:
    """At one moment it is 2026 in UTC+14, and 30 December in UTC−11."""
    moment = datetime.fromisoformat("2025-12-31T10:30:00+00:00")
    agency = make_agency("edge", alice, time_zone=zone)
    with scope.of_agency(agency.pk):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        fund = open_designation(agency=agency, actor=alice, code="1", public_name="Fund", kind="general")
        partner = partners.add_partner(agency=agency, actor=alice, kind="person", last_name="Moab")
        giver = GivingUnit.objects.get(partner=partner)
        parts = [Part(fund, Money(100, "USD"))]
        partners.record_gift(agency=agency, actor=alice, giving_unit=giver, on=agency.today(), parts=parts, key="k")
        made = {each: contents_of(agency, each, [giver.pk])[giver.pk]["lines"] for each in (2025, 2026)}
        assert {each: len(lines) for each, lines in made.items()} == {year: 1, 4051 - year: 0}
        issue = issue_statements(agency=agency, actor=alice, year=year, givers=[giver.pk])[0].issue
        assert issue.issued_on == today
        assert prove_statements(agency).differences == []


def test_every_standing_is_named() -> None:
    assert all(str(standing.label) for standing in Standing)
