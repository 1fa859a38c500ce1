"""The outbox and the notices in a browser without JavaScript."""

from typing import Any

import pytest

from agencies import scope
from agencies.models import Agency
from delivery.models import Notice, OutgoingMessage
from delivery.operations import notify, queue
from tests.cast import SECRET

XSS = '<script>alert(1)</script><img src=x onerror="alert(2)"><a href="javascript:alert(3)">go</a><b>bold</b>'


def fill(number: int, **fields: Any) -> list[OutgoingMessage]:
    return [
        queue(**{"to": f"p{n}@example.org", "subject": f"News {n}", "text": "Dear", "purpose": "letter", **fields})
        for n in range(number)
    ]


@pytest.fixture
def page(agency: Agency, alice: Any, visit: Any) -> Any:
    browser = visit(alice)
    return lambda path: browser.get(f"/a/harbor/{path}")


def test_outbox_shows_its_own_agency_only(agency: Agency, elsewhere: Agency, page: Any) -> None:
    with scope.of_agency(elsewhere.pk):
        (foreign,) = fill(1, subject=SECRET)
    with scope.of_agency(agency.pk):
        fill(1)
    content = page("outbox/").content.decode()
    assert "News 0" in content
    assert SECRET not in content
    assert page(f"outbox/{foreign.pk}/").status_code == 404
    assert page("outbox/987654321/").status_code == 404


def test_account_mail_is_on_no_page(agency: Agency, page: Any) -> None:
    (mail,) = fill(1, subject="Reset")
    assert "Reset" not in page("outbox/").content.decode()
    assert page(f"outbox/{mail.pk}/").status_code == 404


def test_unknown_ones_stand_first_and_can_be_decided(agency: Agency, page: Any, visit: Any, alice: Any) -> None:
    with scope.of_agency(agency.pk):
        first, second = fill(2)
        OutgoingMessage.objects.filter(pk=first.pk).update(state="unknown")
    assert "Did these arrive?" in page("outbox/").content.decode()
    browser = visit(alice)
    assert browser.post(f"/a/harbor/outbox/{first.pk}/decide/", {"decision": "x"}).status_code == 422
    assert browser.post(f"/a/harbor/outbox/{first.pk}/decide/", {"decision": "send_again"}).status_code == 302
    answer = browser.post(f"/a/harbor/outbox/{second.pk}/decide/", {"decision": "leave"})
    assert (answer.status_code, "no longer waits" in answer.content.decode()) == (409, True)
    assert "Did these arrive?" not in page("outbox/").content.decode()


def test_outbox_is_filtered_by_group_and_address(agency: Agency, page: Any) -> None:
    with scope.of_agency(agency.pk):
        sent = fill(2)[0]
        OutgoingMessage.objects.filter(pk=sent.pk).update(state="accepted")
    assert [row.subject for row in page("outbox/?group=sent").context["rows"]] == ["News 0"]
    assert [row.subject for row in page("outbox/?group=waiting").context["rows"]] == ["News 1"]
    assert [row.subject for row in page("outbox/?to=P1@example.org").context["rows"]] == ["News 1"]
    assert page("outbox/?group=nonsense").status_code == 200


@pytest.mark.parametrize("number", [1, 3, 50])
def test_outbox_takes_the_same_queries_however_many_messages(
    agency: Agency, page: Any, number: int, django_assert_num_queries: Any
) -> None:
    with scope.of_agency(agency.pk):
        fill(number)
        OutgoingMessage.objects.filter(subject="News 0").update(state="unknown")
    page("outbox/")
    with django_assert_num_queries(OUTBOX_QUERIES):
        page("outbox/")


OUTBOX_QUERIES = 15


def test_message_page_runs_nothing_that_the_message_brings(agency: Agency, page: Any) -> None:
    with scope.of_agency(agency.pk):
        (message,) = fill(1, subject=XSS, text=XSS, html=XSS)
    content = page(f"outbox/{message.pk}/").content.decode()
    shown = content.split('<main id="main"')[1]
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "<b>bold</b>" in shown


def test_board_may_not_read_the_outbox(agency: Agency, dan: Any, visit: Any) -> None:
    assert visit(dan).get("/a/harbor/outbox/").status_code == 403


def tell(agency: Agency, user: Any, text: str, url: str = "") -> Notice:
    with scope.of_agency(agency.pk):
        (made,) = notify(agency=agency, users=[user], kind="test", text=text, url=url)
    return made


def test_bell_counts_what_is_new_and_a_notice_leads_on(
    agency: Agency, alice: Any, dan: Any, visit: Any, elsewhere: Agency, mallory: Any
) -> None:
    first = tell(agency, alice, "Import done", "/a/harbor/jobs/")
    tell(agency, alice, "Nothing to see")
    tell(agency, dan, "For Dan only")
    tell(elsewhere, mallory, SECRET)
    browser = visit(alice)
    page = browser.get("/a/harbor/notices/")
    content = page.content.decode()
    assert page.context["shell"].notice_count == 2
    assert ("Import done" in content, "For Dan only" in content, SECRET in content) == (True, False, False)
    assert browser.post(f"/a/harbor/notices/{first.pk}/open/")["Location"] == "/a/harbor/jobs/"
    assert browser.get("/a/harbor/notices/").context["shell"].notice_count == 1
    browser.post("/a/harbor/notices/read/")
    assert browser.get("/a/harbor/notices/").context["shell"].notice_count == 0
    assert visit(dan).get("/a/harbor/notices/").context["shell"].notice_count == 1


def test_notice_of_another_person_is_404(agency: Agency, alice: Any, dan: Any, visit: Any) -> None:
    notice = tell(agency, dan, "For Dan only")
    assert visit(alice).post(f"/a/harbor/notices/{notice.pk}/open/").status_code == 404


def test_notice_never_leads_to_another_site(agency: Agency, alice: Any, visit: Any) -> None:
    notice = tell(agency, alice, "Look", "https://evil.example/")
    assert visit(alice).post(f"/a/harbor/notices/{notice.pk}/open/")["Location"] == "/a/harbor/notices/"


KEYS = [
    "https://y.example/p/unsubscribe/secret-key/",
    "https://y.example/p/preferences/secret-key/",
    "https://y.example/invitations/secret-key/",
    "https://y.example/alliance-invitations/secret-key/",
]


@pytest.mark.parametrize("key", KEYS)
def test_the_page_of_a_message_holds_no_link_that_acts_for_its_reader(agency: Agency, page: Any, key: str) -> None:
    with scope.of_agency(agency.pk):
        (message,) = fill(
            1,
            text=f"Dear, see https://y.example/news/ and ({key})",
            html=f'<p>Dear, <a href="https://y.example/news/">news</a> <a href="{key}">leave</a> <b>{key}</b></p>',
        )
    content = page(f"outbox/{message.pk}/").content.decode()
    assert content.count("https://y.example/news/") >= 2
    assert "leave" in content
    assert "secret-key" not in content
