"""The pages of webhooks, and the same by program."""

import json
from typing import Any

import pytest
from django.urls import reverse

from agencies.models import AuditEntry
from delivery.models import Webhook, WebhookDelivery
from delivery.operations.events import announce
from delivery.operations.webhooks import MOST, end_webhook
from tests.agencies.conftest import confirm
from tests.delivery.webhooks.conftest import HAPPENED, OTHER


def page(name: str, *parts: Any) -> str:
    return reverse(name, args=["harbor", *parts])


@pytest.fixture
def at_work(visit, alice, live):
    """Alice, whose password was typed just now."""
    return confirm(visit(alice))


def said(**fields):
    return {"name": "Accounting", "url": "https://books.example.org/told", "kinds": [HAPPENED.name], **fields}


def test_the_secret_is_shown_once(at_work):
    answer = at_work.post(page("webhooks"), said())
    made = Webhook.objects.get()
    assert answer.status_code == 200
    assert answer.context["secret"].startswith("whsec_")
    assert answer.context["secret"] in answer.content.decode()
    for path in (page("webhooks"), page("webhook", made.pk)):
        assert "whsec_" not in at_work.get(path).content.decode()
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    entry = AuditEntry.objects.get(verb="add webhook")
    assert "whsec_" not in json.dumps(entry.changes)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"url": "books.example.org"}, "This is no web address."),
        ({"url": "ftp://books.example.org"}, "must begin with https://"),
        ({"kinds": []}, "This field is required."),
        ({"kinds": ["gift.eaten"]}, "not one of the available choices"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said(at_work, fields, sentence):
    answer = at_work.post(page("webhooks"), said(**fields))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Webhook.objects.exists()


def test_a_name_once_and_not_too_many(at_work, live):
    for number in range(MOST):
        assert at_work.post(page("webhooks"), said(name=f"P {number}")).status_code == 200
    assert "at most" in at_work.post(page("webhooks"), said(name="One more")).content.decode()
    end_webhook(agency=live, actor=None, webhook=Webhook.objects.get(name="P 0"))
    taken = at_work.post(page("webhooks"), said(name="P 1"))
    assert "Another webhook has this name" in taken.content.decode()
    assert at_work.post(page("webhooks"), said(name="P 0")).status_code == 200


def test_without_the_password_just_now_nothing_is_added(visit, alice, live):
    answer = visit(alice).post(page("webhooks"), said())
    assert (answer.status_code, Webhook.objects.count()) == (302, 0)


def test_changed_paused_resumed_and_ended(at_work, live):
    at_work.post(page("webhooks"), said())
    made = Webhook.objects.get()
    at_work.post(page("webhook_edit", made.pk), said(name="Books", kinds=[OTHER.name]))
    at_work.post(page("webhook_pause", made.pk))
    made.refresh_from_db()
    assert (made.name, made.kinds, made.paused_why) == ("Books", [OTHER.name], "hand")
    at_work.post(page("webhook_resume", made.pk))
    announce(agency=live, kind=OTHER.name, ids=[1])
    assert at_work.get(page("webhook_end", made.pk)).status_code == 200
    at_work.post(page("webhook_end", made.pk))
    made.refresh_from_db()
    assert made.ended_at is not None
    assert made.paused_at is None
    assert WebhookDelivery.objects.get().state == "cancelled"
    assert at_work.post(page("webhook_test", made.pk)).status_code == 409
    verbs = AuditEntry.objects.filter(verb__contains="webhook").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"{verb} webhook" for verb in ("add", "change", "pause", "resume", "end")]


def test_events_by_state(at_work, live, hook, tell, listener):
    made, _secret = hook()
    announce(agency=live, kind=HAPPENED.name, ids=[1])
    announce(agency=live, kind=HAPPENED.name, ids=[2])
    listener.answers = [500]
    tell()
    found = at_work.get(page("webhook", made.pk))
    assert [(tab.label, tab.count) for tab in found.context["tabs"]][:3] == [
        ("All", 2),
        ("Waiting", 2),
        ("Delivered", 0),
    ]
    assert "It answered 500" in found.content.decode()
    assert [row.state for row in at_work.get(page("webhook", made.pk) + "?state=delivered").context["rows"]] == []


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_queries(at_work, live, hook, rows, django_assert_num_queries):
    for number in range(min(rows, 15)):
        hook(f"P {number}")
    made = Webhook.objects.order_by("pk").first()
    for number in range(rows):
        announce(agency=live, kind=HAPPENED.name, ids=[number + 1])
    for path in (page("webhooks"), page("webhook", made.pk)):
        at_work.get(path)
    with django_assert_num_queries(13):
        at_work.get(page("webhooks"))
    with django_assert_num_queries(15):
        at_work.get(page("webhook", made.pk))


@pytest.mark.parametrize("name", ["dan"])
def test_who_may_not(visit, request, live, hook, name):
    made, _secret = hook()
    visitor = visit(request.getfixturevalue(name))
    for path in (page("webhooks"), page("webhook", made.pk)):
        assert visitor.get(path).status_code == 403


def test_by_program(at_work, live, listener, tell):
    api = "/api/a/harbor/webhooks/"
    body = said(url=listener.url)
    made = at_work.post(api, body, content_type="application/json", headers={"Idempotency-Key": "k"})
    again = at_work.post(api, body, content_type="application/json", headers={"Idempotency-Key": "k"})
    assert (made.status_code, again.status_code) == (201, 201)
    assert made.json()["secret"].startswith("whsec_")
    assert again.json() == {**made.json(), "secret": None}
    one = f"{api}{made.json()['id']}/"
    assert at_work.post(f"{one}test/").json()["waiting"] == 1
    tell()
    (event,) = at_work.get(f"{one}events/").json()["results"]
    assert (event["state"], event["status"], event["kind"]) == ("delivered", 200, "webhook.test")
    again = at_work.post(f"{one}events/{event['id']}/again/")
    assert again.json()["state"] == "waiting"
    assert at_work.post(f"{one}events/{event['id']}/again/").json()["code"] == "delivery_waiting"
    changed = at_work.patch(one, {"url": "gopher://x"}, content_type="application/json")
    assert (changed.status_code, changed.json()["code"]) == (422, "webhook_address")
    assert at_work.post(f"{one}pause/").json()["paused_why"] == "hand"
    assert at_work.post(f"{one}resume/").json()["paused_at"] is None
    assert at_work.post(f"{one}secret/").json()["secret"].startswith("whsec_")
    assert at_work.post(f"{one}end/").json()["waiting"] == 0
    assert at_work.post(f"{one}pause/").json()["code"] == "webhook_ended"
    assert [each["name"] for each in at_work.get("/api/a/harbor/event-kinds/").json()] == [HAPPENED.name, OTHER.name]
