"""Recording, correcting and refunding in the browser: once per form, and nothing of another agency."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from funds.queries import balances
from partners import operations
from partners.models import Gift, GiftCorrection, GivingUnit
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
ADD = reverse("gift_add", args=["harbor"])
WHERE = ["date", "reference", "lines-0-amount", "kind", "soft_giver"]


def form_of(giver: GivingUnit | int, *lines: tuple[Any, str], **fields: Any) -> dict[str, Any]:
    """What the form of a gift sends."""
    sent: dict[str, Any] = {
        "key": "one-key",
        "giving_unit": giver if isinstance(giver, int) else giver.pk,
        "date": "2026-03-04",
        "kind": "gift",
        "currency": "USD",
        "lines-TOTAL_FORMS": max(len(lines), 2),
        "lines-INITIAL_FORMS": 0,
    }
    for number, (place, amount) in enumerate(lines):
        sent[f"lines-{number}-designation"] = place if isinstance(place, int) else place.pk
        sent[f"lines-{number}-amount"] = amount
    return {**sent, **fields}


def test_the_giver_is_found_then_chosen(ruth: GivingUnit, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    found = browser.get(ADD, {"q": "moab"})
    assert [row.name for row in found.context["rows"]] == ["Ruth Moab"]
    form = browser.get(found.context["rows"][0].url)
    assert "Ruth Moab" in form.content.decode()
    assert re.search(r'name="key" value="[0-9a-f]{32}"', form.content.decode())
    by_partner = browser.get(ADD, {"partner": str(ruth.partner_id)})
    assert by_partner.context["giver"] == ruth


def test_a_gift_of_two_lines_is_recorded_once(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, sent = (
        visit(alice),
        form_of(ruth, (places.mine, "60.00"), (places.general, "40"), method="check", reference="4711"),
    )
    answers = [browser.post(ADD, sent) for _ in range(3)]
    gift = Gift.objects.get()
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("gift", args=["harbor", gift.pk]))
    ] * 3
    assert (gift.amount, gift.reference, gift.recorded_by) == (10000, "4711", alice)
    assert balances([places.mine.pk, places.general.pk]) == {
        places.mine.pk: [Money(6000, "USD")],
        places.general.pk: [Money(4000, "USD")],
    }


def test_the_same_key_with_other_content_is_a_conflict(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    browser.post(ADD, form_of(ruth, (places.mine, "60")))
    answer = browser.post(ADD, form_of(ruth, (places.mine, "61")))
    assert answer.status_code == 409
    assert "This form was sent before with other content" in answer.content.decode()
    assert Gift.objects.count() == 1


def test_a_form_without_its_key_is_refused(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    answer = visit(alice).post(ADD, form_of(ruth, (places.mine, "60"), key=""))
    assert (answer.status_code, Gift.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"lines-0-amount": "12,4"}, "is not an amount"),
        ({"lines-0-amount": "0.001"}, "USD has no more than 2 decimals"),
        ({"lines-0-amount": "-5"}, "Enter at least one line"),
        ({"lines-0-amount": "NaN"}, "is not an amount"),
        ({"lines-0-amount": ""}, "Amount:"),
        ({"lines-0-designation": ""}, "Designation:"),
        ({"date": "2999-01-01"}, "The date is in the future"),
        ({"date": ""}, "Date:"),
        ({"currency": "KRW", "lines-0-amount": "0.5"}, "KRW has no decimals"),
        ({"tendered_amount": "80000"}, "Say in which currency it was given"),
        ({"lines-TOTAL_FORMS": "51"}, ""),
        ({"lines-TOTAL_FORMS": "x"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(
    fields: dict[str, str], said: str, ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    answer = visit(alice).post(ADD, form_of(ruth, (places.mine, "60"), **fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert re.search(r"<title>\s*Error:", answer.content.decode())
    assert Gift.objects.count() == 0


def test_everything_that_is_wrong_is_said_at_once(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    sent = form_of(ruth, (places.mine, "12.345"), (places.general, "ten"), date="2031-01-01", tendered_amount="5")
    page = visit(alice).post(ADD, sent).content.decode()
    told = ("no more than 2 decimals", "is not an amount", "The date is in the future", "Say in which currency it was")
    assert [words for words in told if words not in page] == []


def test_one_more_line_without_a_script(ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    answer = visit(alice).post(ADD, form_of(ruth, (places.mine, "60"), (places.general, "not yet"), more="1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="lines-TOTAL_FORMS" value="3"' in page
    assert 'value="not yet"' in page
    assert "Error:" not in page
    assert 'name="key" value="one-key"' in page
    (typed_next,) = re.findall(r"<[^>]*autofocus[^>]*>", page)
    assert 'name="lines-2-designation"' in typed_next


def test_enter_records_the_gift(ruth: GivingUnit, alice: User, visit: Visit) -> None:
    """Enter in a field is the first button of its form."""
    page = visit(alice).get(f"{ADD}?giver={ruth.pk}").content.decode()
    form = page[page.index('<form method="post" class="form stack"') :]
    (first, *_others) = re.findall(r"<button[^>]*>", form)
    assert first == '<button type="submit" hidden>'


def test_what_was_tendered_in_another_currency_is_kept(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    visit(alice).post(ADD, form_of(ruth, (places.mine, "60"), tendered_amount="80000", tendered_currency="KRW"))
    gift = Gift.objects.get()
    assert (gift.amount, gift.currency, gift.tendered_amount, gift.tendered_currency) == (6000, "USD", 80000, "KRW")


@pytest.fixture
def foreign(inside: Agency, elsewhere: Agency, mallory: User) -> SimpleNamespace:
    """A partner, a designation and a gift of Mallory's agency."""
    with scope.of_agency(elsewhere.pk):
        partner = operations.add_partner(agency=elsewhere, actor=mallory, kind="person", last_name="Secret")
        place = open_designation(agency=elsewhere, actor=mallory, code="1", public_name="Secret", kind="general")
        return SimpleNamespace(partner=partner.pk, giver=GivingUnit.objects.get(partner=partner).pk, place=place.pk)


NOBODY = 987_654_321


def without_ids(answer: Any, *ids: int) -> str:
    """The page without these ids and what changes with every request."""
    body = re.sub(r'name="(csrfmiddlewaretoken|space|once)" value="[^"]*"', "", answer.content.decode())
    for each in ids:
        body = re.sub(rf"\b{each}\b", "ID", body)
    return body


@pytest.mark.parametrize("field", ["giving_unit", "lines-0-designation"])
def test_an_id_of_another_agency_is_like_one_that_does_not_exist(
    field: str, foreign: SimpleNamespace, ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    theirs = foreign.giver if field == "giving_unit" else foreign.place
    answers = [browser.post(ADD, form_of(ruth, (places.mine, "60"), **{field: each})) for each in (theirs, NOBODY)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert without_ids(answers[0], theirs, NOBODY) == without_ids(answers[1], theirs, NOBODY)
    assert Gift.objects.count() == 0


@pytest.mark.parametrize(
    ("page", "field", "kind"),
    [
        ("gifts", "designation", "place"),
        ("gifts", "partner", "partner"),
        ("gifts", "unit", "partner"),
        ("partners", "unit", "partner"),
    ],
)
def test_filters_by_an_id_of_another_agency(
    page: str, field: str, kind: str, foreign: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, path, theirs = visit(alice), reverse(page, args=["harbor"]), getattr(foreign, kind)
    answers = [browser.get(path, {field: each}) for each in (theirs, NOBODY)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert without_ids(answers[0], theirs, NOBODY) == without_ids(answers[1], theirs, NOBODY)


@pytest.mark.parametrize("field", ["giving_unit", "designation"])
def test_a_commitment_with_an_id_of_another_agency(
    field: str, foreign: SimpleNamespace, ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, path = visit(alice), reverse("commitment_add", args=["harbor", ruth.partner_id])
    sent = {
        "giving_unit": ruth.pk,
        "designation": places.mine.pk,
        "amount": "50",
        "currency": "USD",
        "frequency": "monthly",
        "starts_on": "2026-01-01",
    }
    theirs = foreign.giver if field == "giving_unit" else foreign.place
    answers = [browser.post(path, {**sent, field: each}) for each in (theirs, NOBODY)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert without_ids(answers[0], theirs, NOBODY) == without_ids(answers[1], theirs, NOBODY)
    assert browser.post(path, sent).status_code == 302


@pytest.fixture
def gift(ruth: GivingUnit, giving: Callable[..., Gift], places: SimpleNamespace) -> Gift:
    return giving(ruth.partner, (places.mine, 6000), (places.general, 4000), anonymous=True, intent="for the well")


def correct(gift: Gift) -> str:
    return reverse("gift_correct", args=["harbor", gift.pk])


def test_a_correction_shows_what_stands(gift: Gift, alice: User, visit: Visit) -> None:
    page = visit(alice).get(correct(gift)).content.decode()
    assert [found in page for found in ('value="60.00"', 'value="40.00"', 'value="for the well"')] == [True] * 3
    assert re.search(r'name="anonymous"[^>]* checked', page)


def test_a_correction_replaces_the_gift(gift: Gift, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    sent = form_of(
        gift.giving_unit,
        (places.general, "99.99"),
        reason="one cent too much",
        how="replace",
        anonymous="on",
        date=str(gift.date),
    )
    browser = visit(alice)
    first, again = browser.post(correct(gift), sent), browser.post(correct(gift), sent)
    made = GiftCorrection.objects.get()
    assert first["Location"] == reverse("gift", args=["harbor", made.replacement_id])
    assert again.status_code == 409
    assert (made.replacement.amount, made.replacement.anonymous, made.reason) == (9999, True, "one cent too much")
    assert balances([places.mine.pk]) == {places.mine.pk: [Money(0, "USD")]}
    page = browser.get(reverse("gift", args=["harbor", gift.pk])).content.decode()
    assert "one cent too much" in page
    assert first["Location"] in page


def test_a_correction_withdraws_the_gift(gift: Gift, alice: User, visit: Visit) -> None:
    sent = {"key": "k", "reason": "keyed twice", "how": "withdraw", "lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    assert visit(alice).post(correct(gift), sent).status_code == 302
    gift.refresh_from_db()
    assert gift.withdrawn_at is not None
    assert GiftCorrection.objects.get().replacement is None


def test_a_correction_wants_a_reason(gift: Gift, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    answer = visit(alice).post(correct(gift), form_of(gift.giving_unit, (places.mine, "1"), reason="", how="replace"))
    assert (answer.status_code, GiftCorrection.objects.count()) == (422, 0)


def test_a_correction_finds_another_giver(gift: Gift, add: Any, alice: User, visit: Visit) -> None:
    naomi = GivingUnit.objects.get(partner=add("Bethlehem", first_name="Naomi"))
    browser = visit(alice)
    found = browser.get(correct(gift), {"find": "1", "q": "naomi"})
    form = browser.get(found.context["rows"][0].url)
    assert form.context["giver"] == naomi


def test_a_replacement_keeps_what_the_correction_does_not_mention(
    gift: Gift, inside: Agency, places: SimpleNamespace, alice: User
) -> None:
    parts = [operations.Part(places.mine, Money(5000, "USD"))]
    made = operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="x", key="k", parts=parts)
    assert made.replacement is not None
    assert made.replacement.anonymous is True


def test_a_refund_and_its_withdrawal(gift: Gift, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    browser, path = visit(alice), reverse("gift_refund", args=["harbor", gift.pk])
    sent = {"key": "r", "amount": "100.01", "on": str(gift.date), "kind": "refund", "reason": "card"}
    refused = browser.post(path, sent)
    assert refused.status_code == 422
    assert "More would go back than was given" in refused.content.decode()
    assert browser.post(path, {**sent, "on": "2999-01-01", "amount": "1"}).status_code == 422
    answers = [browser.post(path, {**sent, "amount": "33.33"}) for _ in range(2)]
    refund = Gift.objects.get(reverses=gift)
    assert [answer["Location"] for answer in answers] == [reverse("gift", args=["harbor", refund.pk])] * 2
    assert refund.amount == -3333
    assert "66.67" in browser.get(path).content.decode()
    assert browser.post(correct(refund), {"key": "w", "reason": "bank took it back"}).status_code == 302
    refund.refresh_from_db()
    assert refund.withdrawn_at is not None


def test_staff_may_look_and_not_record(gift: Gift, inside: Agency, alice: User, bob: User, visit: Visit) -> None:
    browser = visit(bob)
    assert browser.get(ADD).status_code == 403
    assert browser.get(correct(gift)).status_code == 403
    assert browser.post(reverse("gift_refund", args=["harbor", gift.pk]), {}).status_code == 403


def test_a_closed_designation_is_not_offered_and_takes_only_what_was_given_before(
    ruth: GivingUnit, places: SimpleNamespace, inside: Agency, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    name = "0900 General fund"
    assert name in browser.get(ADD, {"giver": ruth.pk}).content.decode()
    Designation.objects.filter(pk=places.general.pk).update(closed_on=inside.today())
    assert name not in browser.get(ADD, {"giver": ruth.pk}).content.decode()
    answer = browser.post(ADD, form_of(ruth, (places.general, "60"), date=str(inside.today())))
    assert (answer.status_code, "0900 is not open on" in answer.content.decode()) == (422, True)
    assert browser.post(ADD, form_of(ruth, (places.general, "60"))).status_code == 302


def test_choices_are_written_alike_and_an_empty_one_asks_to_choose(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    page = visit(alice).get(ADD, {"giver": ruth.pk}).content.decode()
    shown = set(re.findall(r"<option[^>]*>([^<]+)</option>", page))
    assert {"Gift", "In kind", "Not said", "Choose…"} <= shown
    assert shown & {"gift", "not said", "---------"} == set()


def test_a_gift_by_hand_shows_no_internal_number(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    browser.post(ADD, form_of(ruth, (places.mine, "60.00")))
    gift = Gift.objects.get()
    page = browser.get(reverse("gift", args=["harbor", gift.pk])).content.decode()
    assert ("By hand" in page, gift.external_id in page) == (True, False)


def test_a_gift_says_what_refunds_leave_and_offers_only_what_can_be_done(
    gift: Gift, alice: User, bob: User, visit: Visit
) -> None:
    browser, page = visit(alice), reverse("gift", args=["harbor", gift.pk])
    path = reverse("gift_refund", args=["harbor", gift.pk])
    told = lambda: {fact.label: fact.value for fact in browser.get(page).context["facts"]}  # noqa: E731
    offered = lambda: tuple(browser.get(page).context[name] for name in ("may_correct", "may_refund"))  # noqa: E731
    assert (told().get("Left of it", ""), offered()) == ("", (True, True))
    sent = {"on": str(gift.date), "kind": "refund", "reason": "asked back"}
    browser.post(path, {**sent, "key": "one", "amount": "40.00"})
    assert (told()["Left of it"].partition(" Withdraw")[0], offered()) == ("$60.00 of $100.00.", (False, True))
    browser.post(path, {**sent, "key": "two", "amount": "60.00"})
    assert (told()["Left of it"].partition(" Withdraw")[0], offered()) == ("$0.00 of $100.00.", (False, False))
    refund = Gift.objects.filter(reverses=gift).first()
    assert refund is not None
    shown = browser.get(reverse("gift", args=["harbor", refund.pk])).context["facts"]
    assert [(fact.label, fact.value) for fact in shown if fact.value == "asked back"] == [
        ("Why it went back", "asked back")
    ]


def test_what_each_gift_has_is_asked_before_the_lines_and_the_rest_behind(
    ruth: GivingUnit, alice: User, visit: Visit
) -> None:
    page = visit(alice).get(ADD, {"giver": str(ruth.pk)}).content.decode()
    names = [name for name in re.findall(r'<(?:input|select)[^>]* name="([a-z0-9_-]+)"', page) if name in WHERE]
    assert names == WHERE
