"""Events on their way: at least once, tried again, and a webhook that is down holds up nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from delivery import outward, webhook_sending
from delivery.models import Notice, Webhook, WebhookDelivery
from delivery.operations.events import announce
from delivery.operations.webhooks import deliver_again, resume_webhook, send_test
from delivery.webhook_sending import WAITS, lease
from jobs.due import Due, due_work
from tests.delivery.webhooks.conftest import HAPPENED

State = WebhookDelivery.State


def happen(agency, *ids):
    announce(agency=agency, kind=HAPPENED.name, ids=ids)


def later(**by):
    """As if this time had passed: for the webhook and for its events."""
    ago = timedelta(**by)
    for row in WebhookDelivery.objects.all():
        row.not_before = row.not_before and row.not_before - ago
        row.lease_until = row.lease_until and row.lease_until - ago
        row.save()
    for webhook in Webhook.objects.all():
        webhook.resting_until = webhook.resting_until and webhook.resting_until - ago
        webhook.failing_since = webhook.failing_since and webhook.failing_since - ago
        webhook.save()


def the_delivery():
    return WebhookDelivery.objects.select_related("webhook").get()


def test_arrived_is_arrived(live, hook, listener, tell):
    hook()
    happen(live, 1)
    assert tell() == 1
    assert tell() == 0
    row = the_delivery()
    assert (row.state, row.attempts, row.status, row.lease_until) == (State.DELIVERED, 1, 200, None)
    assert len(listener.got) == 1


@pytest.mark.parametrize("answer", [500, 404, 302, 429])
def test_anything_but_a_good_answer_is_tried_again(live, hook, listener, tell, answer):
    hook()
    happen(live, 1)
    listener.answers = [answer]
    assert tell() == 0
    row = the_delivery()
    assert (row.state, row.status, row.said) == (State.WAITING, answer, f"It answered {answer}")
    assert tell() == 0
    assert len(listener.got) == 1
    later(seconds=6)
    assert tell() == 1
    assert the_delivery().state == State.DELIVERED
    first, second = listener.got
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert first[1] == second[1]


def test_after_the_last_attempt_it_failed_and_can_be_sent_again(live, hook, listener, tell):
    hook()
    happen(live, 1)
    attempts = len(WAITS) + 1
    listener.answers = [500] * attempts
    for _each in range(attempts):
        Webhook.objects.update(failing_since=None)  # so that it is not paused meanwhile
        assert tell() == 0
        later(days=2)
    row = the_delivery()
    assert (row.state, row.attempts) == (State.FAILED, attempts)
    deliver_again(agency=live, actor=None, delivery=row)
    later(days=2)
    assert tell() == 1
    assert {sent["webhook-id"] for sent, _body in listener.got} == {f"evt_{row.event_id}"}


def test_one_that_is_down_is_asked_once_and_holds_up_nobody(live, hook, listener, tell):
    hook("Down", url="http://127.0.0.1:9/")
    hook("Up")
    for number in range(5):
        happen(live, number)
    assert tell() == 5
    assert len(listener.got) == 5
    down = WebhookDelivery.objects.filter(webhook__name="Down")
    assert sorted(down.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    assert Webhook.objects.get(name="Down").resting_until > timezone.now()


def test_after_days_without_an_answer_it_is_paused_and_told(live, hook, listener, tell, alice):
    made, _secret = hook()
    happen(live, 1)
    listener.answers = [500, 500]
    tell()
    later(days=5, seconds=1)
    assert tell() == 0
    made.refresh_from_db()
    assert made.paused_why == Webhook.Paused.FAILING
    assert [notice.user for notice in Notice.objects.filter(kind="webhook.paused")] == [alice]
    assert the_delivery().state == State.WAITING
    later(days=9)
    assert tell() == 0
    resume_webhook(agency=live, actor=None, webhook=made)
    assert tell() == 1


def test_a_fault_of_one_holds_up_nobody(live, hook, listener, tell, elsewhere):
    """An address that was kept before a rule forbade it: its failure is its own."""
    bad, _secret = hook("Bad")
    Webhook.objects.filter(pk=bad.pk).update(url="http://127.0.0.1:9/täglich")
    rows = WebhookDelivery.objects.filter(webhook=bad)
    hook("Good")
    happen(live, 1)
    assert tell() == 1
    assert [(row.attempts, row.lease_until) for row in rows] == [(1, None)]
    bad.refresh_from_db()
    assert bad.failures == 1


def test_an_unknown_fault_holds_up_nobody(live, hook, listener, tell, monkeypatch):
    hook("Bad", url=listener.url + "/bad")
    hook("Good")
    happen(live, 1)
    real = outward.post

    def post(url, body, headers):
        return 1 // 0 if url.endswith("/bad") else real(url, body, headers)

    monkeypatch.setattr(webhook_sending, "post", post)
    assert tell() == 1
    assert WebhookDelivery.objects.get(webhook__name="Bad").said == "It could not be sent"


def test_within_the_days_it_is_not_paused(live, hook, listener, tell):
    made, _secret = hook()
    happen(live, 1)
    listener.answers = [500, 500]
    tell()
    later(days=4)
    tell()
    made.refresh_from_db()
    assert (made.paused_at, made.failures) == (None, 2)


def test_gone_is_gone(live, hook, listener, tell):
    made, _secret = hook()
    happen(live, 1)
    listener.answers = [410]
    tell()
    made.refresh_from_db()
    assert made.paused_why == Webhook.Paused.GONE


def test_a_worker_that_died_is_followed_by_another(live, hook, listener, tell):
    hook()
    happen(live, 1)
    (due,) = due_work(10, "webhook")
    assert lease(due) is not None
    assert lease(due) is None
    assert tell() == 0
    later(minutes=3)
    assert tell() == 1
    assert the_delivery().attempts == 2


def test_an_outcome_that_comes_too_late_changes_nothing(live, hook, listener, tell):
    hook()
    happen(live, 1)
    (due,) = due_work(10, "webhook")
    slow = lease(due)
    assert slow is not None
    later(minutes=3)
    assert tell() == 1
    webhook_sending.settle(due, slow, webhook_sending.Answer(500, "It answered 500"))
    row = the_delivery()
    assert (row.state, row.status) == (State.DELIVERED, 200)
    assert row.webhook.failing_since is None


def test_a_test_goes_out_before_go_live_too(live, hook, listener, tell):
    made, _secret = hook()
    live.live_on = None
    live.save()
    send_test(agency=live, actor=None, webhook=made)
    assert tell() == 1
    assert b'"type":"webhook.test"' in listener.bodies()[0]


def test_the_row_of_another_agency_is_not_found_by_its_id(live, hook, elsewhere):
    hook()
    happen(live, 1)
    row = the_delivery()
    assert lease(Due("webhook", elsewhere.pk, None, row.pk)) is None
    assert lease(Due("webhook", live.pk, None, row.pk)) is not None
