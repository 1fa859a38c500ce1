"""The signed link in a letter: the way out works for ever, the way back in goes by a mail to the address on record."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.db.models import F
from django.test import Client

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications import operations
from communications.consent_links import CONFIRMING, FRESH, TO_CONFIRM, preferences_path, read
from communications.models import ConsentEntry
from communications.operations.preferences import KIND, MOST_WAITING
from delivery.addresses import address_hash
from delivery.models import OutgoingMessage
from delivery.queries import is_suppressed
from delivery.shown import without_keys
from partners.models import EmailAddress, Partner

At = Callable[[timedelta], None]
BOTH = ["news", "appeal"]
PAGE, CONFIRMED = "preferences page", "preferences page, confirmed by e-mail"


@pytest.fixture
def ago(monkeypatch: pytest.MonkeyPatch) -> At:
    """`ago(timedelta(days=8))` sets the clock of the signatures back; with no time it is today again."""
    now = time.time

    def put(span: timedelta) -> None:
        monkeypatch.setattr(signing.time, "time", lambda: now() - span.total_seconds())  # type: ignore[attr-defined]

    return put


@pytest.fixture
def new(posted: Agency, village: SimpleNamespace) -> str:
    """The link of a letter of today to Ruth, who gets news by the rule for who gives."""
    return preferences_path(posted.pk, village.ruth.pk)


@pytest.fixture
def old(posted: Agency, village: SimpleNamespace, ago: At) -> str:
    """The same of a letter that lay around."""
    ago(FRESH + timedelta(days=1))
    made = preferences_path(posted.pk, village.ruth.pk)
    ago(timedelta())
    return made


@pytest.fixture
def ledger(posted: Agency, village: SimpleNamespace) -> Callable[[], list[tuple[str, str, str]]]:
    """What the ledger says about Ruth, in order."""

    def look() -> list[tuple[str, str, str]]:
        with scope.of_agency(posted.pk):
            rows = ConsentEntry.objects.filter(partner=village.ruth).order_by("pk")
            return list(rows.values_list("purpose", "basis", "source"))

    return look


@pytest.fixture
def mails(posted: Agency) -> Callable[[], list[OutgoingMessage]]:
    """The mails that ask for a confirmation."""

    def look() -> list[OutgoingMessage]:
        with scope.of_agency(posted.pk):
            return list(OutgoingMessage.objects.filter(reference_kind=KIND).order_by("pk"))

    return look


def link_in(mail: OutgoingMessage) -> str:
    found = re.search(r"https?://\S+", mail.text)
    return urlsplit(found[0]).path if found else ""


def choose(path: str, *purposes: str) -> Any:
    return Client().post(path, {"purposes": list(purposes)}, follow=True)


def test_a_letter_tells_its_age(posted: Agency, new: str, old: str) -> None:
    assert [read(path.split("/")[-2]).is_fresh for path in (new, old)] == [True, False]


@pytest.mark.parametrize("which", ["new", "old"])
def test_the_way_out_works_from_any_letter(which: str, request: Any, posted: Agency, ledger: Any, mails: Any) -> None:
    path = request.getfixturevalue(which)
    assert Client().get(path).status_code == 200
    assert ledger() == []
    assert choose(path).status_code == 200
    assert ledger() == [("news", "objection", PAGE), ("appeal", "objection", PAGE)]
    with scope.of_agency(posted.pk):
        assert is_suppressed("ruth@example.org", "letter")
    assert mails() == []


def test_a_fresh_letter_may_ask_for_more(new: str, ledger: Any, mails: Any) -> None:
    assert "Saved. It holds from now on." in choose(new, *BOTH).content.decode()
    assert ledger() == [("news", "consent", PAGE), ("appeal", "consent", PAGE)]
    assert mails() == []


def test_an_old_letter_asks_for_more_by_mail_to_the_address_on_record(
    old: str, posted: Agency, ledger: Any, mails: Any
) -> None:
    page = choose(old, *BOTH).content.decode()
    assert "we have sent to r…@example.org" in page
    assert ledger() == []  # news come by the rule already; appeals wait
    (mail,) = mails()
    assert (mail.to, mail.purpose, mail.state) == ("ruth@example.org", "notice", "queued")
    assert "Appeals for gifts" in mail.text
    assert "News and prayer" not in mail.text
    assert "Ruth" not in mail.subject + mail.text
    reader, path = Client(), link_in(mail)
    assert [reader.get(path).status_code, reader.head(path).status_code] == [200, 200]
    assert ledger() == []
    answer = reader.post(path, follow=True)
    assert answer.status_code == 200
    assert ledger() == [("appeal", "consent", CONFIRMED)]
    again = reader.post(path)
    assert (again.status_code, "This link no longer holds" in again.content.decode()) == (410, True)
    assert len(ledger()) == 1


def test_a_withdrawal_is_taken_back_by_the_reader_of_the_mail_only(
    new: str, posted: Agency, ledger: Any, mails: Any
) -> None:
    choose(new)
    choose(new, *BOTH)
    assert [basis for _purpose, basis, _source in ledger()] == ["objection", "objection"]
    with scope.of_agency(posted.pk):
        assert is_suppressed("ruth@example.org", "letter")
    (mail,) = mails()
    assert mail.state == "queued"  # the address is closed to letters, not to what its owner asked for
    assert Client().post(link_in(mail)).status_code == 302
    assert ledger()[2:] == [("news", "consent", CONFIRMED), ("appeal", "consent", CONFIRMED)]
    with scope.of_agency(posted.pk):
        assert not is_suppressed("ruth@example.org", "letter")


def test_an_objection_by_telephone_is_not_undone_by_a_link(
    new: str, posted: Agency, village: SimpleNamespace, alice: User, ledger: Any
) -> None:
    with scope.of_agency(posted.pk):
        operations.record_consent(
            agency=posted, actor=alice, partner=village.ruth, channel="email", purpose="appeal", basis="objection",
            wording="No more", source="call", on=posted.today(),
        )  # fmt: skip
    choose(new, *BOTH)
    assert ledger() == [("appeal", "objection", "call"), ("news", "consent", PAGE)]


def test_an_old_letter_opens_no_address_that_was_closed(
    new: str, old: str, posted: Agency, village: SimpleNamespace, ledger: Any
) -> None:
    """Consent stands, but somebody closed the address: unticking by an old letter must not open it by the way."""
    from delivery.operations import suppress

    choose(new, *BOTH)
    with scope.of_agency(posted.pk):
        suppress(actor=None, address="ruth@example.org", purpose="letter", reason="asked")
    choose(old, "news")
    assert ledger()[2:] == [("appeal", "objection", PAGE)]
    with scope.of_agency(posted.pk):
        assert is_suppressed("ruth@example.org", "letter")


def test_a_wish_is_void_once_something_else_was_said(new: str, ledger: Any, mails: Any) -> None:
    choose(new)
    choose(new, "appeal")
    (mail,) = mails()
    before = ledger()
    Client().post(link_in(mail))
    choose(new)
    assert Client().post(link_in(mail)).status_code == 410
    assert [basis for _purpose, basis, _source in ledger()[len(before) :]] == ["consent", "objection"]


def test_a_wish_is_void_at_another_address_and_after_a_week(
    old: str, posted: Agency, village: SimpleNamespace, ledger: Any, mails: Any, ago: At
) -> None:
    choose(old, *BOTH)
    (mail,) = mails()
    for later, status in ((TO_CONFIRM - timedelta(hours=1), 200), (TO_CONFIRM + timedelta(hours=1), 410)):
        ago(-later)
        assert Client().get(link_in(mail)).status_code == status
    assert Client().post(link_in(mail)).status_code == 410
    ago(timedelta())
    with scope.of_agency(posted.pk):
        EmailAddress.objects.filter(partner=village.ruth).update(email="elsewhere@example.org")
    assert Client().post(link_in(mail)).status_code == 410
    assert ledger() == []


def test_forged_wishes_are_not_found(old: str, mails: Any, ledger: Any) -> None:
    choose(old, *BOTH)
    path = link_in(mails()[0])
    assert Client().post(f"{path[:-4]}xxx/").status_code == 404
    token = old.split("/")[-2]
    assert Client().post(f"/p/preferences/confirm/{token}/").status_code == 404
    assert Client().get(path.replace("/confirm", "")).status_code == 404
    assert ledger() == []


def test_nobody_is_flooded_with_mails(old: str, posted: Agency, mails: Any) -> None:
    """A letter lies around for years: whoever found it makes us write a few times, and not day after day."""

    def sent_after(days: int) -> int:
        with scope.of_agency(posted.pk):
            earlier = OutgoingMessage.objects.filter(reference_kind=KIND)
            earlier.update(created_at=F("created_at") - timedelta(days=days))
        for _ in range(MOST_WAITING + 2):
            choose(old, *BOTH)
        return len(mails())

    assert [sent_after(days) for days in (0, 2, 6)] == [MOST_WAITING, MOST_WAITING, 2 * MOST_WAITING]


def test_without_an_address_there_is_nobody_to_ask(
    old: str, posted: Agency, village: SimpleNamespace, mails: Any, ledger: Any
) -> None:
    with scope.of_agency(posted.pk):
        EmailAddress.objects.filter(partner=village.ruth).update(not_valid_since=posted.today())
    assert "please write to us" in choose(old, *BOTH).content.decode()
    assert (mails(), ledger()) == ([], [])


@pytest.mark.parametrize("why", ["no address at all", "closed to every mail", "deceased"])
def test_where_no_mail_can_go_the_way_out_works_all_the_same(
    why: str, old: str, posted: Agency, village: SimpleNamespace, mails: Any, ledger: Any
) -> None:
    from delivery.operations import suppress

    with scope.of_agency(posted.pk):
        if why == "closed to every mail":
            suppress(actor=None, address="ruth@example.org", reason="bounced")
        elif why == "deceased":
            Partner.objects.filter(pk=village.ruth.pk).update(deceased_on=posted.today())
        else:
            EmailAddress.objects.filter(partner=village.ruth).update(email="ruth at home", norm="ruth at home")
    page = choose(old, "appeal")
    assert (page.status_code, "please write to us" in page.content.decode()) == (200, True)
    assert ledger() == [("news", "objection", PAGE)]
    assert mails() == []


def test_the_link_of_the_mail_tells_no_address(old: str, posted: Agency, mails: Any) -> None:
    """Logs keep paths. A hash without a key is an address to whoever has a list of addresses to try."""
    choose(old, *BOTH)
    token = link_in(mails()[0]).split("/")[-2]
    said = signing.loads(token, salt=CONFIRMING)
    assert sorted(said) == ["a", "e", "h", "p", "w"]
    hashes = [address_hash(agency_id, "ruth@example.org") for agency_id in (posted.pk, None)]
    assert [hashed for hashed in hashes if said["h"] and hashed.startswith(said["h"])] == []


def test_staff_who_read_the_mail_cannot_confirm_it(old: str, mails: Any) -> None:
    choose(old, *BOTH)
    assert link_in(mails()[0]) not in without_keys(mails()[0].text)


def test_a_form_of_another_site_confirms_nothing(old: str, mails: Any, ledger: Any) -> None:
    choose(old, *BOTH)
    assert Client(enforce_csrf_checks=True).post(link_in(mails()[0])).status_code == 403
    assert ledger() == []
