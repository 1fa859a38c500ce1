"""The form of one gift names who is thanked for what a fund or an employer gave; a correction keeps it, changes it, or
takes it away."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import User
from partners.models import Gift, GivingUnit
from tests.cast import Visitor
from tests.partners.test_gift_entry import ADD, form_of

Visit = Callable[[User], Visitor]
Giving = Callable[..., Gift]


def credited(gift: Gift) -> tuple[str, str]:
    """Who is thanked, and why."""
    return (gift.soft_partner.name if gift.soft_partner else "", gift.soft_kind)


def correcting(gift: Gift, *lines: tuple[object, str], **fields: object) -> dict[str, object]:
    """What the form of a correction sends."""
    return {**form_of(gift.giving_unit, *lines), "key": "another", "reason": "typed wrong", "how": "replace", **fields}


def test_a_gift_thanks_who_advised_it(
    ruth: GivingUnit, boaz: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    sent = form_of(boaz, (places.mine, "60"), soft_giver=" ruth moab ", soft_kind="matching")
    assert visit(alice).post(ADD, sent).status_code == 302
    assert credited(Gift.objects.get()) == ("Ruth Moab", "matching")


@pytest.mark.parametrize(
    ("typed", "kind", "sentence"),
    [
        ("nobody at all", "matching", "Nobody answers to “nobody at all”"),
        ("Boaz", "matching", "This is the giver."),
        ("Ruth Moab", "", "Say whether a fund or an employer gave."),
    ],
)
def test_what_is_unclear_stands_at_its_field(
    typed: str,
    kind: str,
    sentence: str,
    ruth: GivingUnit,
    boaz: GivingUnit,
    places: SimpleNamespace,
    alice: User,
    visit: Visit,
) -> None:
    answer = visit(alice).post(ADD, form_of(boaz, (places.mine, "60"), soft_giver=typed, soft_kind=kind))
    assert (answer.status_code, Gift.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_a_correction_shows_the_credit_and_keeps_changes_or_takes_it(
    ruth: GivingUnit, boaz: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    browser.post(ADD, form_of(boaz, (places.mine, "60"), soft_giver="Ruth Moab", soft_kind="advised_by"))
    gift = Gift.objects.get()
    page = browser.get(reverse("gift_correct", args=["harbor", gift.pk]))
    shown = page.context["form"]
    names = ("soft_giver", "soft_partner", "soft_kind")
    stood = {name: shown[name].value() for name in names}
    assert stood == {"soft_giver": "Ruth Moab", "soft_partner": ruth.partner_id, "soft_kind": "advised_by"}
    browser.post(page.wsgi_request.path, correcting(gift, (places.mine, "61"), **stood))
    second = Gift.objects.get(withdrawn_at=None)
    assert (second.amount, credited(second)) == (6100, ("Ruth Moab", "advised_by"))
    taken = correcting(second, (places.mine, "61"), key="third", **{**stood, "soft_giver": ""})
    browser.post(reverse("gift_correct", args=["harbor", second.pk]), taken)
    assert credited(Gift.objects.get(withdrawn_at=None)) == ("", "")


def test_a_credit_without_a_word_stays_without_one(
    ruth: GivingUnit, boaz: GivingUnit, places: SimpleNamespace, alice: User, giving: Giving, visit: Visit
) -> None:
    gift = giving(boaz.partner, (places.mine, 6000), soft_partner=ruth.partner)
    again = {"soft_giver": "Ruth Moab", "soft_partner": ruth.partner_id, "soft_kind": ""}
    address = reverse("gift_correct", args=["harbor", gift.pk])
    assert visit(alice).post(address, correcting(gift, (places.mine, "60"), **again)).status_code == 302
    assert credited(Gift.objects.get(withdrawn_at=None)) == ("Ruth Moab", "")
