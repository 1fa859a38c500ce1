"""Which events are written, and for whom."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from agencies import scope
from agencies.models import AuditEntry
from delivery.models import WebhookDelivery, WebhookEvent
from delivery.operations.events import announce, forget_events
from delivery.operations.webhooks import add_webhook, end_webhook, pause_webhook
from tests.delivery.webhooks.conftest import HAPPENED, OTHER


def written() -> list[dict[str, Any]]:
    return [json.loads(body)["data"] for body in WebhookEvent.objects.order_by("pk").values_list("body", flat=True)]


def test_each_that_listens_gets_it_once(live, hook):
    hook("Accounting")
    hook("Website", kinds=[HAPPENED.name, OTHER.name])
    hook("Maps", kinds=[OTHER.name])
    assert announce(agency=live, kind=HAPPENED.name, ids=[3, 5, 3]) == 1
    assert written() == [{"agency": "harbor", "ids": [3, 5]}]
    told = WebhookDelivery.objects.order_by("webhook__name").values_list("webhook__name", flat=True)
    assert list(told) == ["Accounting", "Website"]


def test_many_ids_are_told_by_hundreds(live, hook):
    hook()
    assert announce(agency=live, kind=HAPPENED.name, ids=range(1, 251)) == 3
    assert [len(data["ids"]) for data in written()] == [100, 100, 50]
    assert sorted(pk for data in written() for pk in data["ids"]) == list(range(1, 251))


def test_nothing_where_nothing_listens(live, hook):
    made, _secret = hook()
    assert announce(agency=live, kind=OTHER.name, ids=[1]) == 0
    assert announce(agency=live, kind=HAPPENED.name, ids=[]) == 0
    end_webhook(agency=live, actor=None, webhook=made)
    assert announce(agency=live, kind=HAPPENED.name, ids=[1]) == 0
    assert written() == []


@pytest.mark.parametrize("days", [None, 1])
def test_nothing_before_the_go_live_date(live, hook, days):
    hook()
    live.live_on = None if days is None else live.today() + timedelta(days=days)
    assert announce(agency=live, kind=HAPPENED.name, ids=[1]) == 0
    live.live_on = live.today()
    assert announce(agency=live, kind=HAPPENED.name, ids=[1]) == 1


def test_a_paused_one_hears_later(live, hook, listener, tell):
    made, _secret = hook()
    pause_webhook(agency=live, actor=None, webhook=made)
    assert announce(agency=live, kind=HAPPENED.name, ids=[1]) == 1
    assert tell() == 0
    assert listener.got == []


def test_what_is_undone_was_never_told(live, hook):
    hook()
    with transaction.atomic():
        announce(agency=live, kind=HAPPENED.name, ids=[1])
        transaction.set_rollback(True)
    assert written() == []


def test_another_agency_hears_nothing(live, hook, elsewhere, listener):
    with scope.of_agency(elsewhere.pk):
        add_webhook(agency=elsewhere, actor=None, name="Theirs", url=listener.url, kinds=[HAPPENED.name])
    hook()
    announce(agency=live, kind=HAPPENED.name, ids=[1])
    with scope.of_agency(elsewhere.pk):
        assert WebhookEvent.objects.count() == WebhookDelivery.objects.count() == 0


def test_queries(live, hook, django_assert_num_queries):
    with django_assert_num_queries(1):
        announce(agency=live, kind=HAPPENED.name, ids=[1])
    hook("A")
    hook("B")
    with django_assert_num_queries(4):
        announce(agency=live, kind=HAPPENED.name, ids=range(100))


def test_old_events_go_when_nothing_of_them_waits(live, hook, tell):
    hook()
    announce(agency=live, kind=HAPPENED.name, ids=[1])
    tell()
    announce(agency=live, kind=HAPPENED.name, ids=[2])
    assert forget_events(agency=live, older_than=timedelta(days=1)) == 0
    assert forget_events(agency=live, older_than=timedelta(0)) == 1
    assert [data["ids"] for data in written()] == [[2]]


def test_what_waits_at_a_paused_webhook_is_not_kept_for_ever(live, hook, tell, alice):
    """Old events go, the trail says how many were never told, and whoever goes on gets what is young."""
    (paused, _secret), (other, _other) = hook("Paused"), hook("Other")
    announce(agency=live, kind=HAPPENED.name, ids=[1])
    pause_webhook(agency=live, actor=alice, webhook=paused)
    WebhookDelivery.objects.filter(webhook=other).update(state="delivered")
    WebhookEvent.objects.update(happened_at=F("happened_at") - timedelta(days=61))
    announce(agency=live, kind=HAPPENED.name, ids=[2])
    assert forget_events(agency=live, older_than=timedelta(days=60)) == 1
    assert [data["ids"] for data in written()] == [[2]]
    entry = AuditEntry.objects.get(verb="give up waiting events")
    assert (entry.actor, entry.object_id, entry.changes) == (None, paused.pk, {"not sent": 1})
    assert WebhookDelivery.objects.filter(webhook=paused, state="waiting").count() == 1
