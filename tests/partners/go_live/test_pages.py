"""Old and new beside each other: the figures, the file with all errors at once, the page, the API."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership, Role
from agencies.operations import add_member
from agencies.seats import seat_of
from core.money import Money
from funds.operations import record_opening
from funds.queries import deposit_account
from partners.models import OldTotals
from partners.pages.go_live import go_live_page
from partners.queries.go_live import compared, signatures
from tests.agencies.conftest import confirm
from tests.cast import Visitor, person
from tests.partners.go_live.conftest import LIVE

Visit = Callable[[User], Visitor]
HERE = reverse("go_live", args=["harbor"])


def differences() -> list[tuple[str, str, str, str, int]]:
    return [(*line.key, line.difference) for line in compared(LIVE).differing]


def test_old_and_new_are_compared_by_designation_month_and_currency(history: None, told: Any) -> None:
    told("0100,2026-03,USD,75.00,2", "0900,2026-04,USD,10.00,1", "0555,2026-04,EUR,3.00", "0100,2026-07,USD,1.00,1")
    assert differences() == [
        ("gifts", "0555", "2026-04", "EUR", -300),
        ("gifts", "0900", "2026-04", "USD", -100),
    ]
    told("0100,2026-03,USD,75.00,3", "0900,2026-04,USD,9.00")
    assert [(line.key[1], line.difference, line.gifts) for line in compared(LIVE).differing] == [("0100", 0, -1)]


def test_opening_balances_are_compared_too(inside: Agency, alice: User, places: Any, told: Any, history: None) -> None:
    told("0100,opening,USD,100.00", "0100,2026-03,USD,75.00,2", "0900,2026-04,USD,9.00,1")
    assert differences() == [("opening", "0100", "", "USD", -10000)]
    act: dict[str, Any] = {"agency": inside, "actor": alice, "deposit": deposit_account()}
    record_opening(**act, designation=places.mine, amount=Money(10000, "USD"), on=date(2026, 1, 1), key="o")
    assert differences() == []


def test_everything_wrong_with_a_file_is_told_at_once_and_nothing_is_kept(
    inside: Agency, finn: User, visit: Visit
) -> None:
    bad = (
        "Designation,Month,Currency,Amount,Count\n0100,2026-13,USD,1.00,1\n,2026-03,XXQ,1.0.0,x\n"
        "0100,2026-03,USD,1,1\n0100,2026-03,USD,2,1\n"
    )
    seen = visit(finn)
    answer = seen.post(
        reverse("go_live_totals", args=["harbor"]),
        {"on": str(LIVE), "file": SimpleUploadedFile("old.csv", bad.encode())},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Write it like 2025-03", "Write the code", "XXQ", "Write how many gifts", "This stands in row 4 too"):
        assert words in page
    assert OldTotals.objects.count() == 0
    good = b'designation,month,currency,amount,count\n0100,2026-03,usd,"1,075.00",2\n0100,opening,USD,-5.00,\n'
    file = SimpleUploadedFile("old.csv", good)
    answer = seen.post(reverse("go_live_totals", args=["harbor"]), {"on": str(LIVE), "file": file})
    assert answer.headers["Location"] == f"{HERE}?on=2026-07-01"
    assert OldTotals.objects.get().rows == [
        ["gifts", "0100", "2026-03", "USD", 107500, 2],
        ["opening", "0100", "", "USD", -500, None],
    ]


def test_the_page_leads_through_to_both_signatures(
    inside: Agency, alice: User, finn: User, history: None, told: Any, visit: Visit, bob: User
) -> None:
    told("0100,2026-03,USD,80.00,2", "0900,2026-04,USD,9.00,1")
    first, second = visit(alice), visit(finn)
    page = first.get(HERE, {"on": str(LIVE)}).content.decode()
    assert "-$5.00" in page
    assert "Before anybody signs: say of each difference" in page
    key = {"kind": "gifts", "code": "0100", "month": "2026-03", "currency": "USD"}
    note = {"on": str(LIVE), **key, "difference": "-500", "note": "A check bounced"}
    assert first.post(reverse("go_live_note", args=["harbor"]), note).status_code == 302
    digest = compared(LIVE).digest()
    sign = reverse("go_live_sign", args=["harbor"])
    asked = first.post(sign, {"on": str(LIVE), "digest": digest})
    assert (asked.status_code, "reauthenticate" in asked.headers["Location"]) == (302, True)
    assert signatures() == []
    confirm(first), confirm(second)
    assert first.post(sign, {"on": str(LIVE), "digest": digest}).status_code == 302
    assert "You have signed. Somebody else" in first.get(HERE, {"on": str(LIVE)}).content.decode()
    assert first.post(sign, {"on": str(LIVE), "digest": digest}).status_code == 422
    assert second.post(sign, {"on": str(LIVE), "digest": digest}).status_code == 302
    assert "Live since 1 Jul 2026" in second.get(HERE).content.decode()
    assert Agency.objects.get(pk=inside.pk).live_on == LIVE
    assert visit(bob).get(HERE).status_code == 403


def test_what_the_old_system_never_told_is_no_zero(
    inside: Agency, finn: User, history: None, told: Any, visit: Visit
) -> None:
    assert [row["old"] for row in visit(finn).get(HERE, {"on": str(LIVE)}).context["sums"]] == ["–"]
    told("0100,2026-03,USD,75.00,2", "0900,2026-04,USD,9.00,1")
    assert [row["old"] for row in visit(finn).get(HERE, {"on": str(LIVE)}).context["sums"]] == ["$84.00"]


def test_what_waits_leads_to_where_somebody_sees_to_it(
    inside: Agency, finn: User, giving: Any, add: Any, visit: Visit
) -> None:
    giving(add("Moab"), (None, 900), on=date(2026, 4, 1))
    reviews = f"{reverse('reviews', args=['harbor'])}?reason=unknown_designation"
    assert [url for _, url in visit(finn).get(HERE, {"on": str(LIVE)}).context["left"]] == [reviews]


def test_a_changed_figure_is_told_beside_the_signature(
    inside: Agency, alice: User, history: None, told: Any, sign: Any, visit: Visit
) -> None:
    told("0100,2026-03,USD,75.00,2", "0900,2026-04,USD,9.00,1")
    sign(alice)
    told("0100,2026-03,USD,75.00,2", "0900,2026-04,USD,9.00,2")
    assert "figures changed since: sign again" in visit(alice).get(HERE).content.decode()


def test_finance_reads_the_alias_of_a_closed_unit(
    inside: Agency, alice: User, finn: User, add: Any, giving: Any, places: Any, led: Any, told: Any, visit: Visit
) -> None:
    giving(add("Moab"), (places.closed, 5000), on=date(2026, 3, 4))
    told("0300,2026-03,USD,49.00,1")
    seen = {user.name: visit(user).get(HERE, {"on": str(LIVE)}).content.decode() for user in (alice, finn)}
    assert led.closed.name in seen["Alice"]
    assert led.closed.name not in seen["Finn"]
    assert led.closed.alias in seen["Finn"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(
    inside: Agency, alice: User, add: Any, giving: Any, places: Any, told: Any, count: int
) -> None:
    for number in range(count):
        giving(add("Moab"), (places.mine, 5000), on=date(2026, 1 + number, 4))
    told("0100,2026-01,USD,1.00,1")
    seat = seat_of(inside, Membership.objects.get(user=alice))
    with CaptureQueriesContext(connection) as asked:
        assert len(go_live_page(seat, LIVE)["rows"]) == count
    assert len(asked) == 9


def test_programs_do_the_same(inside: Agency, alice: User, finn: User, history: None, visit: Visit) -> None:
    first, second = visit(alice), visit(finn)
    api = "/api/a/harbor/go-live/"
    total = {"designation": "0100", "month": "2026-03", "currency": "USD", "amount": "80.00"}
    wrong = first.post(f"{api}totals/", {"totals": [{**total, "month": "March"}]}, content_type="application/json")
    assert (wrong.status_code, "Write it like 2025-03" in str(wrong.json())) == (400, True)
    other = {"designation": "0900", "month": "2026-04", "currency": "USD", "amount": "9.00", "count": "1"}
    kept = first.post(f"{api}totals/", {"totals": [total, other]}, content_type="application/json")
    assert kept.status_code == 200
    found = first.get(api, {"on": "2026-07-01"}).json()
    assert [(each["code"], each["old"], each["new"]) for each in found["differences"]] == [("0100", "80.00", "75.00")]
    note = {"kind": "gifts", "code": "0100", "month": "2026-03", "currency": "USD", "difference": "-5.00"}
    note |= {"live_on": "2026-07-01", "note": "Bounced"}
    digest = first.post(f"{api}notes/", note, content_type="application/json").json()["digest"]
    signed = {"live_on": "2026-07-01", "digest": digest}
    refused = first.post(f"{api}sign/", signed, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "password_first")
    confirm(first), confirm(second)
    assert first.post(f"{api}sign/", signed, content_type="application/json").json()["in_force"] is None
    again = first.post(f"{api}sign/", signed, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "signed_before")
    assert second.post(f"{api}sign/", signed, content_type="application/json").json()["in_force"] == "2026-07-01"
    back = {"reason": "The bank file was missing"}
    late = visit(finn).post(f"{api}take-back/", back, content_type="application/json")
    assert (late.status_code, late.json()["code"]) == (403, "password_first")
    assert second.post(f"{api}take-back/", back, content_type="application/json").json()["in_force"] is None


def test_staff_do_not_sign(inside: Agency, alice: User, visit: Visit) -> None:
    stan = person("Stan")
    add_member(agency=inside, actor=alice, user=stan, roles=(Role.STAFF,))
    assert visit(stan).get(HERE).status_code == 403
    assert visit(stan).post(reverse("go_live_sign", args=["harbor"]), {}).status_code == 403


def test_the_password_stands_before_taking_back_and_the_page_says_what_holds_the_date(
    inside: Agency, alice: User, finn: User, sign: Any, visit: Visit, add: Any, giving: Any, places: Any
) -> None:
    sign(alice)
    sign(finn)
    giving(add("Abel"), (places.general, 100), on=LIVE)
    seen, back = visit(finn), reverse("go_live_take_back", args=["harbor"])
    asked = seen.post(back, {"reason": "Too early"})
    assert (asked.status_code, "reauthenticate" in asked.headers["Location"]) == (302, True)
    said = "1 gift was recorded since you are live, and was told as news. If an import brought them, undo it"
    assert said in seen.get(HERE).content.decode()
    refused = confirm(seen).post(back, {"reason": "Too early"})
    assert (refused.status_code, said in refused.content.decode()) == (422, True)
