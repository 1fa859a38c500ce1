"""Who hears that words wait for agreement, came back or are agreed to, and where one agrees."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from communications import operations
from communications.models import CoreMessage
from delivery.models import Notice, Task
from delivery.naming import in_words
from ssu import operations as ssu
from ssu.models import Unit, Worker


@pytest.fixture
def submit(posted: Agency, led: SimpleNamespace, bob: User) -> Callable[[Unit], CoreMessage]:
    """`submit(unit)`: a version that Bob wrote waits."""

    def make(unit: Unit) -> CoreMessage:
        return operations.write_core_message(agency=posted, actor=bob, unit=unit, text="Water for all.")

    return make


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__name", "kind"))


def asked() -> list[tuple[str, str]]:
    return list(Task.objects.filter(done_at=None).order_by("pk").values_list("user__name", "kind"))


def test_those_who_may_agree_are_asked_and_the_author_hears_what_became_of_it(
    posted: Agency, led: SimpleNamespace, submit: Callable[[Unit], CoreMessage], alice: User, bob: User, staff: User
) -> None:
    row = submit(led.open)
    assert asked() == [("Alice", "words_wait"), ("Carol", "words_wait")]
    operations.send_back(agency=posted, actor=alice, words=row, reason="Leave out the word salary.")
    assert asked() == [("Bob", "words_sent_back")]
    operations.submit_core_message(agency=posted, actor=bob, message=row)
    operations.approve_core_message(agency=posted, actor=alice, message=row)
    assert told()[2:3] == [("Bob", "words_sent_back")]
    assert ("Bob", "words_agreed") in told()
    assert not {"words_wait", "words_sent_back"} & {kind for _name, kind in asked()}


def test_nobody_is_told_who_takes_the_own_words_back(
    posted: Agency, led: SimpleNamespace, submit: Callable[[Unit], CoreMessage], bob: User
) -> None:
    operations.send_back(agency=posted, actor=bob, words=submit(led.open), reason="")
    assert (told(), asked()) == ([("Alice", "words_wait")], [])


def test_what_should_change_stands_on_the_page_alone_and_a_closed_unit_goes_by_its_alias(
    posted: Agency, led: SimpleNamespace, submit: Callable[[Unit], CoreMessage], alice: User
) -> None:
    operations.send_back(agency=posted, actor=alice, words=submit(led.closed), reason="Not Tamrin.")
    assert in_words(Notice.objects.order_by("pk")) == [
        "Project Cedar: version 1 of the core messages waits for your agreement.",
        "Project Cedar: version 1 of the core messages, which you wrote, came back. Read what should change.",
    ]


def test_the_page_of_a_version_has_what_can_be_done_with_it(
    posted: Agency,
    led: SimpleNamespace,
    submit: Callable[[Unit], CoreMessage],
    visit: Callable[[User], Any],
    alice: User,
    bob: User,
) -> None:
    row = submit(led.open)
    here = reverse("core_message", args=[posted.slug, led.open.pk, row.version])
    agree = reverse("core_message_agree", args=[posted.slug, led.open.pk, row.version])
    back = reverse("core_message_return", args=[posted.slug, led.open.pk, row.version])
    page = visit(alice).get(here).content.decode()
    assert (page.count(agree), page.count(back)) == (1, 1)
    own = visit(bob).get(here).content.decode()
    assert (own.count(agree), own.count(back)) == (0, 1)


def test_who_has_no_sign_in_signs_core_messages_on_paper(
    posted: Agency,
    led: SimpleNamespace,
    submit: Callable[[Unit], CoreMessage],
    visit: Callable[[User], Any],
    alice: User,
) -> None:
    hand: Worker = ssu.add_worker(agency=posted, actor=alice, name="Harold Hand")
    since = posted.today()
    ssu.add_team_member(agency=posted, actor=alice, unit=led.open, worker=hand, role=Role.MEMBER, joined_on=since)
    row = operations.approve_core_message(agency=posted, actor=alice, message=submit(led.open))
    signature = reverse("core_message_signature", args=[posted.slug, led.open.pk, row.version])
    assert signature in visit(alice).get(reverse("core_messages", args=[posted.slug, led.open.pk])).content.decode()
    sent = {"worker": hand.pk, "signed_on": since.isoformat()}
    assert visit(alice).post(signature, sent).status_code == 302
    assert [each.worker for each in row.acknowledgements.all()] == [hand]


def test_a_coach_reads_the_core_messages_and_writes_none(
    posted: Agency,
    led: SimpleNamespace,
    serve: Callable[..., Worker],
    submit: Callable[[Unit], CoreMessage],
    visit: Callable[[User], Any],
    alice: User,
    dan: User,
    carol: User,
) -> None:
    serve(dan, led.careful, Role.COACH)
    operations.approve_core_message(agency=posted, actor=alice, message=submit(led.careful))
    here = [posted.slug, led.careful.pk]
    assert "Water for all." in visit(dan).get(reverse("core_messages", args=here)).content.decode()
    assert visit(dan).post(reverse("core_message_begin", args=here), {"source": "empty"}).status_code == 403
    assert visit(dan).get(reverse("core_messages", args=[posted.slug, led.open.pk])).status_code == 403
