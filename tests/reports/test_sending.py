"""An issued statement is sent again to the address on record; the link in the mail opens that statement alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership, Role
from agencies.operations import add_member
from agencies.seats import seat_of
from core.site import site
from delivery.models import OutgoingMessage
from delivery.operations import suppress
from partners.models import EmailAddress, GivingUnit, Partner
from partners.queries.calls.finding import callers
from partners.queries.calls.heard import heard
from reports.models import StatementIssue
from reports.operations import send_statement
from reports.operations.files import keep_statement_files
from reports.operations.sending import NoAddress, NoFile, NotForTheDead, Replaced
from reports.statement_links import SALT, statement_link
from tests.cast import Visitor, person


@pytest.fixture
def stan(inside: Agency, alice: User) -> User:
    made = person("Stan")
    add_member(agency=inside, actor=alice, user=made, roles=(Role.STAFF,))
    return made


@pytest.fixture
def sent(inside: Agency, ruth: GivingUnit, give: Any, issue: Callable[[], list[StatementIssue]]) -> StatementIssue:
    """Ruth's statement of the year, with a file."""
    EmailAddress.objects.create(partner=ruth.partner, email="ruth@example.org")
    give(ruth)
    made = issue()[0]
    keep_statement_files(made=[(made, ("statement.pdf", b"%PDF-1.7"))])
    return made


def test_staff_send_it_once_to_the_address_on_record(
    inside: Agency, stan: User, sent: StatementIssue, visit: Callable[[User], Visitor]
) -> None:
    partner = sent.giving_unit.partner
    seen = visit(stan)
    page = seen.get(reverse("call", args=["harbor", partner.pk])).content.decode()
    assert "Send 2025 again" in page
    assert "ruth@example.org" in page
    send = reverse("statement_send", args=["harbor", sent.pk])
    for _ in range(2):
        assert seen.post(send, {"key": "k"}).headers["Location"] == reverse("call", args=["harbor", partner.pk])
    mail = OutgoingMessage.objects.get()
    assert AuditEntry.objects.filter(verb="send statement").count() == 1
    assert (mail.to, mail.purpose, mail.state) == ("ruth@example.org", "statement", "queued")
    assert "2025" in mail.subject
    assert reverse("statement_by_link", args=["x"])[:-2] in mail.text


def test_the_link_opens_one_file_by_its_button(inside: Agency, sent: StatementIssue, client: Client) -> None:
    path = statement_link(inside.pk, sent.pk, "Ruth@example.org").removeprefix(site())
    page = client.get(path)
    assert page.status_code == 200
    assert "Moab" not in page.content.decode()
    file = client.post(path)
    assert b"".join(file.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]
    assert client.get(path.rstrip("/")[:-3] + "abc/").status_code == 404
    other = signing.dumps({"a": inside.pk + 1, "i": sent.pk}, salt=SALT)
    assert client.get(reverse("statement_by_link", args=[other])).status_code == 404


def test_a_link_holds_for_whom_and_for_what_it_was_sent(
    inside: Agency, alice: User, sent: StatementIssue, client: Client
) -> None:
    """It ends with the giver, with the address, and with a newer version: GET and the button alike."""
    path, partner = (
        statement_link(inside.pk, sent.pk, "ruth@example.org").removeprefix(site()),
        sent.giving_unit.partner,
    )

    def opens() -> list[int]:
        file: Any = client.post(path)
        file.getvalue() if file.streaming else file.content  # a file is closed once it was read
        return [client.get(path).status_code, file.status_code]

    assert opens() == [200, 200]
    Partner.objects.filter(pk=partner.pk).update(deceased_on=inside.today())
    assert opens() == [410, 410]
    Partner.objects.filter(pk=partner.pk).update(deceased_on=None)
    EmailAddress.objects.update(email="ruth@elsewhere.example")
    assert opens() == [410, 410]
    EmailAddress.objects.update(email="ruth@example.org")
    assert opens() == [200, 200]
    later = StatementIssue.objects.get(pk=sent.pk)
    later.pk, later.version, later.replaces = None, 2, sent
    later.save()
    assert opens() == [410, 410]
    with pytest.raises(Replaced):
        send_statement(agency=inside, actor=alice, issue=sent)
    unsigned = signing.dumps({"a": inside.pk, "i": sent.pk}, salt=SALT)
    assert client.get(reverse("statement_by_link", args=[unsigned])).status_code == 410


def test_an_old_link_says_so(inside: Agency, sent: StatementIssue, client: Client, monkeypatch: Any) -> None:
    token = signing.dumps({"a": inside.pk, "i": sent.pk}, salt=SALT)
    monkeypatch.setattr("reports.statement_links.GOOD_FOR", timedelta(seconds=-1))
    assert client.get(reverse("statement_by_link", args=[token])).status_code == 410


def test_what_cannot_be_sent_is_refused(inside: Agency, alice: User, sent: StatementIssue) -> None:
    partner = sent.giving_unit.partner
    Partner.objects.filter(pk=partner.pk).update(deceased_on=inside.today())
    with pytest.raises(NotForTheDead):
        send_statement(agency=inside, actor=alice, issue=StatementIssue.objects.get(pk=sent.pk))
    Partner.objects.filter(pk=partner.pk).update(deceased_on=None)
    EmailAddress.objects.all().delete()
    with pytest.raises(NoAddress):
        send_statement(agency=inside, actor=alice, issue=StatementIssue.objects.get(pk=sent.pk))
    EmailAddress.objects.create(partner=partner, email="ruth@example.org")
    later = StatementIssue.objects.get(pk=sent.pk)
    later.pk = None
    later.version, later.replaces = 2, sent
    later.save()
    with pytest.raises(NoFile):
        send_statement(agency=inside, actor=alice, issue=later)
    assert OutgoingMessage.objects.count() == 0


def test_an_address_that_takes_no_mail_is_told(
    inside: Agency, alice: User, stan: User, sent: StatementIssue, visit: Callable[[User], Visitor]
) -> None:
    suppress(actor=alice, address="ruth@example.org", purpose="statement", reason="bounced")
    page = visit(stan).post(reverse("statement_send", args=["harbor", sent.pk]), {"key": "k"}, follow=True)
    assert "Nothing was sent" in page.content.decode()


def test_a_caller_is_found_by_the_number_of_the_statement(inside: Agency, stan: User, sent: StatementIssue) -> None:
    seat = seat_of(inside, Membership.objects.get(user=stan))
    found = callers(seat, heard(sent.label)).callers
    assert [(each.partner.pk, each.said) for each in found] == [
        (sent.giving_unit.partner_id, [f"statement {sent.label}"])
    ]
