"""A form that is sent twice, or twenty times at once, has one effect; each with the control without its mark."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies import operations as people
from agencies import scope, sent_once
from agencies.models import Agency, IdempotencyKey
from agencies.operations.sent_forms import forget_sent_forms
from ssu import operations
from ssu.models import Evidence
from tests.cast import make_agency, person
from tests.ssu.conftest import item_of

Visit = Callable[[User], Any]
MARK = re.compile(r'name="once" value="([^"]+)"')


def mark_on(browser: Any, url: str) -> str:
    """The mark that all forms of a page share."""
    (mark,) = set(MARK.findall(browser.get(url).content.decode()))
    return str(mark)


@pytest.fixture
def page(inside: Agency, led: SimpleNamespace) -> str:
    return reverse("item", args=[inside.slug, led.open.pk, "1.1"])


def test_the_form_of_a_page_counts_once(led: SimpleNamespace, bob: User, visit: Visit, page: str) -> None:
    browser, to = visit(bob), f"{page}evidence/note/"
    sent = {"text": "Agreed in May.", "once": mark_on(browser, page)}
    first, second = browser.post(to, sent), browser.post(to, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Evidence.objects.count() == 1
    shown = browser.get(second["Location"]).content.decode()
    assert ("Evidence added." in shown, "This form had arrived already." in shown) == (True, True)


def test_without_a_mark_it_counts_twice(led: SimpleNamespace, bob: User, visit: Visit, page: str) -> None:
    """The control: nothing else makes one of two."""
    for _ in range(2):
        visit(bob).post(f"{page}evidence/note/", {"text": "Agreed in May."})
    assert Evidence.objects.count() == 2


def test_another_page_or_other_words_are_another_form(led: SimpleNamespace, bob: User, visit: Visit, page: str) -> None:
    browser, to = visit(bob), f"{page}evidence/note/"
    first, second = mark_on(browser, page), mark_on(browser, page)
    assert first != second
    for text, mark in (("One", first), ("Two", first), ("Two", first), ("Two", second)):
        assert browser.post(to, {"text": text, "once": mark}).status_code == 302
    assert list(Evidence.objects.order_by("pk").values_list("text", flat=True)) == ["One", "Two", "Two"]


def test_what_is_refused_is_sent_again(led: SimpleNamespace, bob: User, visit: Visit, page: str) -> None:
    browser, to = visit(bob), f"{page}evidence/note/"
    mark = mark_on(browser, page)
    assert browser.post(to, {"text": "", "once": mark}).status_code == 422
    assert not IdempotencyKey.objects.exists()
    assert browser.post(to, {"text": "Agreed.", "once": mark}).status_code == 302
    assert Evidence.objects.count() == 1


def test_the_way_by_the_password_is_not_the_end() -> None:
    """A form that was led to the password comes again after it, and then counts."""
    assert not sent_once.leads_on(HttpResponseRedirect("/accounts/reauthenticate/?next=/a/harbor/"))
    assert sent_once.leads_on(HttpResponseRedirect("/a/harbor/units/"))


def test_marks_are_forgotten_after_a_week_and_keys_of_money_are_not(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Visit, page: str
) -> None:
    browser = visit(bob)
    browser.post(f"{page}evidence/note/", {"text": "Agreed.", "once": mark_on(browser, page)})
    IdempotencyKey.objects.create(endpoint="record_gift", key="k1")
    assert forget_sent_forms(agency=inside) == 0
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert forget_sent_forms(agency=inside) == 1
    assert list(IdempotencyKey.objects.values_list("endpoint", flat=True)) == ["record_gift"]


@pytest.fixture
def committed(transactional_db: None) -> SimpleNamespace:
    """Bob and an item, committed so that other connections see them."""
    agency = make_agency("harbor", person("Alice"))
    bob = person("Bob")
    with transaction.atomic(), scope.of_agency(agency.pk):
        membership = people.add_member(agency=agency, actor=None, user=bob, roles=("staff",))
        strategy = operations.add_strategy(agency=agency, actor=None, code="S", name="S")
        unit = operations.add_unit(agency=agency, actor=None, strategy=strategy, code="U", name="U", kind="community")
        item = item_of(unit)
        worker = operations.worker_of(membership)
        operations.add_team_member(
            agency=agency, actor=None, unit=unit, worker=worker, role="leader", joined_on=agency.today()
        )
    return SimpleNamespace(agency=agency, bob=bob, page=reverse("item", args=[agency.slug, unit.pk, item.key]))


def at_once(committed: SimpleNamespace, visit: Visit, sent: dict[str, str], times: int = 20) -> list[int]:
    """Send one form from many windows of one person, all let go at one moment; the answers' status."""
    browsers = [visit(committed.bob) for _ in range(times)]
    gate, answers = threading.Barrier(times), [0] * times

    def send(place: int) -> None:
        gate.wait()
        try:
            answers[place] = browsers[place].post(f"{committed.page}evidence/note/", sent).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(place,)) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize(("extra", "made"), [({"once": "abcdefghijklmnopqrst"}, 1), ({}, 20)])
def test_twenty_at_once_make_one(committed: SimpleNamespace, visit: Visit, extra: dict[str, str], made: int) -> None:
    """With the mark one, without it as many as were sent."""
    assert at_once(committed, visit, {"text": "Agreed.", **extra}) == [302] * 20
    with transaction.atomic(), scope.of_agency(committed.agency.pk):
        assert Evidence.objects.count() == made
