"""Gifts that wait for thanks: who waits, logging thanks from the list, taking them back."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.seats import Seat
from partners import operations
from partners.models import Contact
from tests.cast import Visitor
from tests.partners.giving_reports.asking import ask, seat_for, wrong_numbers

Visit = Callable[[User], Visitor]


def waiting(seat: Seat) -> list[tuple[str, str]]:
    """Who waits, for how much."""
    return [(row.cells[1].words, row.cells[4].words) for row in ask(seat, "thanks").rows]


def test_thanks_are_logged_from_the_list_and_taken_back(
    add: Any, giving: Any, places: SimpleNamespace, office: Seat, alice: User, visit: Visit
) -> None:
    gift = giving(add("Moab"), (places.mine, 5000), (places.general, 700))
    giving(add("Boaz"), (places.mine, 900))
    browser, path = visit(alice), reverse("gift_thank", args=["harbor", gift.pk])
    answer = browser.post(path, {"channel": "letter", "back": "currency=USD&export=csv&page=1"})
    assert answer.url == reverse("giving_thanks", args=["harbor"]) + "?currency=USD&page=1"
    made = Contact.objects.get()
    assert (made.outcome, made.channel, made.unit, made.by) == ("thanked", "letter", None, alice)
    assert waiting(office) == [("Ruth Boaz", "$9.00")]
    browser.post(reverse("thanks_take_back", args=["harbor", made.pk]))
    assert waiting(office) == [("Ruth Moab", "$57.00"), ("Ruth Boaz", "$9.00")]
    table = ask(office, "thanks")
    assert (table.sums[0].label, wrong_numbers(office, table)) == ("2 gifts", [])
    assert browser.post(path, {"channel": "pigeon"}).status_code == 404


def test_a_team_thanks_for_its_own_part(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, office: Seat, bob: User, visit: Visit
) -> None:
    gift = giving(add("Moab"), (places.mine, 5000), (places.general, 700))
    other = giving(add("Boaz"), (places.general, 900))
    browser = visit(bob)
    assert waiting(seat_for(inside, bob)) == [("Ruth Moab", "$50.00")]
    browser.post(reverse("gift_thank", args=["harbor", gift.pk]), {"channel": "call"})
    assert Contact.objects.get().unit == places.mine.unit
    assert waiting(seat_for(inside, bob)) == []
    assert waiting(office) == [("Ruth Moab", "$7.00"), ("Ruth Boaz", "$9.00")]
    assert browser.post(reverse("gift_thank", args=["harbor", other.pk]), {"channel": "call"}).status_code == 404


def test_only_thanks_on_the_day_or_later_are_thanks(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, office: Seat
) -> None:
    partner, today = add("Moab"), inside.today()
    giving(partner, (places.mine, 5000), on=today - timedelta(days=3))
    giving(partner, (places.mine, 100), on=today - timedelta(days=1))
    giving(partner, (places.mine, 9900), on=today - timedelta(days=90))
    said: dict[str, Any] = {"agency": inside, "actor": alice, "partner": partner, "unit": None, "channel": "call"}
    operations.log_contact(**said, outcome="talked", happened_on=today)
    operations.log_contact(**said, outcome="thanked", happened_on=today - timedelta(days=2))
    assert waiting(office) == [("Ruth Moab", "$1.00")]


def test_nobody_thanks_the_dead_nor_for_what_was_withdrawn_or_gave_anonymously_to_the_field(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, bob: User, office: Seat, visit: Visit
) -> None:
    dead, wrong, hidden = add("Moab"), add("Boaz"), add("Kiryat")
    giving(dead, (places.mine, 100))
    type(dead).objects.filter(pk=dead.pk).update(deceased_on=inside.today())
    gift = giving(wrong, (places.mine, 100))
    operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="twice", key="w", parts=[])
    secret = giving(hidden, (places.mine, 100), anonymous=True)
    assert waiting(office) == [("Ruth Kiryat", "$1.00")]
    assert waiting(seat_for(inside, bob)) == []
    thank = reverse("gift_thank", args=["harbor", secret.pk])
    assert visit(bob).post(thank, {"channel": "call"}).status_code == 404


def test_only_thanks_are_taken_back_there(
    add: Any, inside: Agency, alice: User, places: SimpleNamespace, visit: Visit
) -> None:
    said: dict[str, Any] = {"agency": inside, "actor": alice, "unit": None, "channel": "call", "outcome": "talked"}
    made = operations.log_contact(**said, partner=add("Moab"), happened_on=inside.today())
    assert visit(alice).post(reverse("thanks_take_back", args=["harbor", made.pk])).status_code == 404


def test_history_from_before_the_agency_went_live_asks_for_no_thanks(
    add: Any, giving: Any, places: SimpleNamespace, office: Seat
) -> None:
    today = office.agency.today()
    giving(add("Moab"), (places.mine, 5000), on=today - timedelta(days=2))
    giving(add("Boaz"), (places.mine, 900), on=today)
    office.agency.live_on = today
    assert waiting(office) == [("Ruth Boaz", "$9.00")]
