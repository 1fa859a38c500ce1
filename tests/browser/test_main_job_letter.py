"""Job 4: a letter to a unit's partners, read in the outbox; who unsubscribes gets no second one. Without a script."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from delivery.pump import send_due
from tests.browser.walking import Open, session_of, small_agency, work_off

LETTERS = "/a/bright-coast/letters/"


@pytest.mark.parametrize("how", ["one click in the mail program", "the page behind the link"])
def test_a_letter_goes_out_and_who_unsubscribes_gets_no_second_one(
    live_server: Any, carol: User, dan: User, visit: Any, open_page: Open, how: str
) -> None:
    small_agency(staff=carol, administrator=dan)
    page = open_page("/a/bright-coast/settings/letters/", session=session_of(visit, dan), script=False)
    decide_rule(page)
    first = send(page, "Nineteen families")
    read_what_was_sent(page, first[0].to[0])
    unsubscribe(open_page, first[0], how)
    second = send(page, "Rain at last")
    assert sorted(each.to[0] for each in second) == sorted(each.to[0] for each in first[1:])


def decide_rule(page: Any) -> None:
    page.get_by_label("News and prayer letters go to those who gave lately, and to those who pray for the unit").check()
    page.get_by_label("Why the agency may do so").fill("Who gives wants to hear what became of it.")
    page.get_by_role("button", name="Save").first.click()


def send(page: Any, subject: str) -> list[Any]:
    """Write, approve and send a letter, and let the worker bring it out; what was brought out, by address."""
    mail.outbox.clear()
    page.goto(f"{LETTERS}add/")
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Letter", exact=True).fill("Dear {{greeting}},\n\nthe well gives water.\n\n{{agency_name}}")
    page.get_by_label("News").check()
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name="Approve letter").click()
    page.get_by_role("button", name="Send letter").click()
    work_off(page)
    send_due()
    return sorted((each for each in mail.outbox if each.subject == subject), key=lambda each: each.to[0])


def read_what_was_sent(page: Any, address: str) -> None:
    page.goto("/a/bright-coast/outbox/")
    page.get_by_role("row", name=address).get_by_role("link").click()
    expect(page.get_by_text("the well gives water.").first).to_be_visible()
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible()


def unsubscribe(open_page: Open, message: Any, how: str) -> None:
    link = re.sub(r"^<https?://[^/]+|>$", "", message.extra_headers["List-Unsubscribe"])
    if how.startswith("one click"):
        answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        return
    reader = open_page(link, script=False)
    reader.get_by_role("button", name="Unsubscribe").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
