"""Taking a declaration back: a slip by whoever declared, else an administrator with a reason; declared again later."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from delivery.models import Notice
from delivery.naming import in_words
from ssu import operations
from ssu.models import RollOut, Unit
from ssu.operations.declaring_back import NotDeclared, TakeBackReason
from ssu.operations.declaring_notices import tell_declared
from ssu.queries.quiet import declared_among

Visit = Callable[[User], Any]


@pytest.fixture
def declared(inside: Agency, led: SimpleNamespace, bob: User) -> Unit:
    """Bob declared the open unit complete."""
    RollOut.objects.create(unit=led.open, declared_on=inside.today(), declared_by=bob)
    unit: Unit = led.open
    return unit


@pytest.fixture
def too_late(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The while in which a slip is undone is over."""
    monkeypatch.setattr("ssu.operations.declaring_back.UNDO_WITHIN", timedelta(0))
    return monkeypatch


def test_it_stays_as_a_row_and_a_later_one_is_possible(inside: Agency, declared: Unit, alice: User, bob: User) -> None:
    with pytest.raises(TakeBackReason):
        operations.take_declaration_back(agency=inside, actor=alice, unit=declared)
    row = operations.take_declaration_back(agency=inside, actor=alice, unit=declared, reason="Step 4 is open.")
    assert (row.taken_back_by, row.taken_back_reason) == (alice, "Step 4 is open.")
    assert declared_among([declared.pk]) == set()
    with pytest.raises(NotDeclared):
        operations.take_declaration_back(agency=inside, actor=alice, unit=declared, reason="Again.")
    RollOut.objects.create(unit=declared, declared_on=inside.today(), declared_by=bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        RollOut.objects.create(unit=declared, declared_on=inside.today(), declared_by=bob)
    assert RollOut.objects.filter(unit=declared).count() == 2


def test_whoever_declared_hears_of_it_unless_it_is_their_own_slip(
    inside: Agency, declared: Unit, alice: User, bob: User
) -> None:
    operations.take_declaration_back(agency=inside, actor=alice, unit=declared, reason="Step 4 is open.")
    told = list(Notice.objects.filter(kind="declaration_back"))
    assert [(each.user, each.url) for each in told] == [(bob, reverse("rollout", args=[inside.slug, declared.pk]))]
    assert in_words(told) == [
        "Riverbend: Alice took your declaration back that the roll-out is complete. Read there why."
    ]
    RollOut.objects.create(unit=declared, declared_on=inside.today(), declared_by=bob)
    operations.take_declaration_back(agency=inside, actor=bob, unit=declared)
    assert Notice.objects.filter(kind="declaration_back").count() == 1


def test_who_was_told_of_the_declaration_is_told_that_it_stands_no_more(
    inside: Agency, led: SimpleNamespace, declared: Unit, alice: User, bob: User, dan: User, serve: Callable[..., Any]
) -> None:
    serve(dan, led.open, "coach")
    tell_declared(inside, bob, declared)
    news = Notice.objects.filter(kind="roll_out_declared", read_at=None)
    assert set(news.values_list("user__name", flat=True)) == {"Alice", "Dan"}
    operations.take_declaration_back(agency=inside, actor=alice, unit=declared, reason="Step 4 is open.")
    assert not news.exists()
    told = Notice.objects.filter(kind="declaration_back", user=dan)
    assert in_words(list(told)) == ["Riverbend: Alice took back that the roll-out is complete. Read there why."]


def test_a_slip_is_undone_by_whoever_declared_for_a_while(
    inside: Agency, declared: Unit, bob: User, visit: Visit, too_late: pytest.MonkeyPatch
) -> None:
    url = reverse("rollout_take_back", args=[inside.slug, declared.pk])
    assert visit(bob).post(url, {"reason": "A slip."}).status_code == 403
    too_late.undo()
    assert visit(bob).post(url).status_code == 302
    assert declared_among([declared.pk]) == set()


def test_an_administrator_says_why_and_the_activity_tells_it(
    inside: Agency, declared: Unit, alice: User, carol: User, visit: Visit, too_late: pytest.MonkeyPatch
) -> None:
    url = reverse("rollout_take_back", args=[inside.slug, declared.pk])
    page = reverse("rollout", args=[inside.slug, declared.pk])
    assert url in visit(alice).get(page).content.decode()
    assert url not in visit(carol).get(page).content.decode()
    assert visit(carol).post(url, {"reason": "No."}).status_code == 403
    silent = visit(alice).post(url, {"reason": " "})
    assert silent.status_code == 422
    assert "Say why the declaration is taken back." in silent.content.decode()
    assert visit(alice).post(url, {"reason": "Two items were never done."}).status_code == 302
    told = visit(alice).get(reverse("unit_activity", args=[inside.slug, declared.pk])).content.decode()
    assert "took back that the roll-out is complete" in told
    assert "Two items were never done." in told


@pytest.mark.parametrize("who", ["dan", "bob"])
def test_whoever_looks_at_the_roll_out_reads_who_took_it_back_and_why(
    inside: Agency, declared: Unit, alice: User, bob: User, dan: User, visit: Visit, who: str
) -> None:
    url = reverse("rollout", args=[inside.slug, declared.pk])
    browser = visit({"dan": dan, "bob": bob}[who])
    assert "took the declaration" not in browser.get(url).content.decode()
    operations.take_declaration_back(agency=inside, actor=alice, unit=declared, reason="Step 4 is open.")
    page = browser.get(url).content.decode()
    assert ("Alice took the declaration of" in page, "Step 4 is open." in page) == (True, True)
    RollOut.objects.create(unit=declared, declared_on=inside.today(), declared_by=bob)
    assert "Step 4 is open." not in browser.get(url).content.decode()
