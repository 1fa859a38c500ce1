"""What providers report, and reading account mail where there is no mail server."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from agencies.models import Agency
from delivery.models import OutgoingMessage
from delivery.operations import queue, record_fate
from delivery.operations.fates import NotAFate
from delivery.queries import is_suppressed


@pytest.mark.parametrize(("fate", "closed"), [("delivered", False), ("bounced", True), ("complained", True)])
def test_fate_is_kept_and_closes_the_address_if_need_be(letter: Any, send: Any, fate: str, closed: bool) -> None:
    message = letter()
    send()
    record_fate(message=message, fate=fate, words="550 no such user")
    row = OutgoingMessage.objects.get(pk=message.pk)
    assert (row.state, row.last_error) == (fate, "550 no such user")
    assert is_suppressed("grace@example.org", "letter") is closed
    assert is_suppressed("other@example.org", "letter") is False


def test_delivery_after_a_complaint_changes_nothing(letter: Any) -> None:
    message = letter()
    record_fate(message=message, fate="complained")
    assert record_fate(message=message, fate="delivered").state == "complained"


def test_provider_cannot_set_other_states(letter: Any) -> None:
    with pytest.raises(NotAFate):
        record_fate(message=letter(), fate="queued")


def test_account_mail_is_read_on_the_server_only(agency: Agency, letter: Any) -> None:
    from agencies import scope

    with scope.within(scope.NOBODY):
        for to in ("alice@example.org", "bob@example.org"):
            queue(to=to, subject="Reset", text=f"link for {to}", purpose="account")
        everything, his = StringIO(), StringIO()
        call_command("account_mail", stdout=everything)
        call_command("account_mail", "Bob@example.org", stdout=his)
    assert [line for line in everything.getvalue().splitlines() if line.startswith("link")] == [
        "link for alice@example.org",
        "link for bob@example.org",
    ]
    assert "alice" not in his.getvalue()
    letter(subject="News")
    assert "News" not in everything.getvalue()
