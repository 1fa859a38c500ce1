"""The ledger, the ways out of every letter, and the pages behind them."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry
from communications import operations
from communications.consent_links import preferences_link, read
from communications.documents import reference
from communications.models import ConsentEntry, Letter, LetterMessage
from communications.operations.consent import NoContractForLetters, NotYet, WordsMissing
from communications.queries.consent import standing
from delivery.models import OutgoingMessage, Suppression
from delivery.queries import is_suppressed
from delivery.signals import message_ended
from delivery.unsubscribe import headers
from jobs.testing import run_due
from partners import operations as partners
from partners.models import Partner

Write = Callable[..., Letter]


def entries(partner: Partner) -> list[tuple[str, str, str]]:
    rows = ConsentEntry.objects.filter(partner=partner).order_by("pk")
    return list(rows.values_list("purpose", "basis", "source"))


@pytest.fixture
def sent(posted: Agency, approved: Letter, alice: User) -> OutgoingMessage:
    """Ruth's message of a letter that went out."""
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    return OutgoingMessage.objects.get(to="ruth@example.org", purpose="letter")


def path_of(message: OutgoingMessage) -> str:
    return urlsplit(message.headers["List-Unsubscribe"].strip("<>")).path


def test_each_partner_of_one_address_objects_by_their_own_click(
    posted: Agency, village: SimpleNamespace, give: Callable[..., Partner]
) -> None:
    naomi = give(village.unit, "Naomi", "ruth@example.org")
    objections = [("news", "objection", "one-click unsubscribe"), ("appeal", "objection", "one-click unsubscribe")]
    clicks = [(village.ruth, [sorted(objections), []]), (naomi, [sorted(objections)] * 2)]
    for partner, expected in [*clicks, clicks[1]]:
        link = headers(posted.pk, "ruth@example.org", "letter", reference(partner.pk))["List-Unsubscribe"]
        answer = Client().post(urlsplit(link.strip("<>")).path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        with scope.of_agency(posted.pk):
            assert [sorted(entries(each)) for each in (village.ruth, naomi)] == expected
    with scope.of_agency(posted.pk):
        assert Suppression.objects.count() == 1


def test_one_click_works_without_cookies_and_reading_changes_nothing(
    posted: Agency, sent: OutgoingMessage, village: SimpleNamespace, write: Write, alice: User
) -> None:
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.get(path_of(sent)).status_code == 200
    assert mail_program.head(path_of(sent)).status_code == 200
    assert entries(village.ruth) == []
    assert not is_suppressed("ruth@example.org", "letter")
    answer = mail_program.post(path_of(sent), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    with scope.of_agency(posted.pk):
        assert entries(village.ruth) == [
            ("news", "objection", "one-click unsubscribe"),
            ("appeal", "objection", "one-click unsubscribe"),
        ]
        assert is_suppressed("RUTH@example.org", "letter")
        assert entries(village.boaz) == []
        mail_program.post(path_of(sent))
        assert len(entries(village.ruth)) == 2
        second = operations.approve_letter(agency=posted, actor=alice, letter=write(village.unit))
        operations.send_letter(agency=posted, actor=alice, letter=second)
        run_due()
        assert LetterMessage.objects.get(letter=second, partner=village.ruth).excluded == "objected"
        assert OutgoingMessage.objects.filter(to="ruth@example.org", purpose="letter").count() == 1


def test_a_forged_link_changes_nothing(sent: OutgoingMessage, posted: Agency) -> None:
    forged = path_of(sent)[:-3] + "x/"
    assert Client().post(forged).status_code == 404
    with scope.of_agency(posted.pk):
        assert Suppression.objects.count() == 0


def test_a_complaint_is_an_objection(sent: OutgoingMessage, village: SimpleNamespace) -> None:
    sent.state = OutgoingMessage.State.COMPLAINED
    message_ended.send(OutgoingMessage, message=sent)
    assert entries(village.ruth) == [
        ("news", "objection", "complaint to the mail provider"),
        ("appeal", "objection", "complaint to the mail provider"),
    ]


def test_the_ledger_is_only_added_to(posted: Agency, village: SimpleNamespace) -> None:
    operations.note_objection(agency=posted, partner=village.ruth, wording="No", source="call")
    rows = ConsentEntry.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(basis="consent")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    assert {basis for _purpose, basis, _source in entries(village.ruth)} == {"objection"}


def record(posted: Agency, actor: User, partner: Partner, **fields: Any) -> ConsentEntry:
    given = {
        "channel": "email",
        "purpose": "news",
        "basis": "consent",
        "wording": "Write to me",
        "source": "card",
        "on": posted.today(),
        **fields,
    }
    return operations.record_consent(agency=posted, actor=actor, partner=partner, **given)


def test_consent_without_words_ahead_of_time_or_by_contract_is_refused(
    posted: Agency, village: SimpleNamespace, alice: User
) -> None:
    with pytest.raises(WordsMissing):
        record(posted, alice, village.ruth, wording=" ")
    with pytest.raises(NotYet):
        record(posted, alice, village.ruth, on=posted.today() + timedelta(days=1))
    with pytest.raises(NoContractForLetters):
        record(posted, alice, village.ruth, basis="contract")
    assert record(posted, alice, village.ruth, basis="contract", purpose="receipt").pk
    with pytest.raises(WordsMissing):
        operations.decide_policy(agency=posted, actor=alice, news=True, appeals=False, months=24, wording="")


def test_consent_opens_an_address_that_its_owner_had_closed_and_no_other(
    posted: Agency, village: SimpleNamespace, alice: User
) -> None:
    for partner in (village.ruth, village.boaz):
        for purpose in ("news", "appeal"):
            record(posted, alice, partner, basis="objection", purpose=purpose)
    assert is_suppressed("ruth@example.org", "letter")
    assert is_suppressed("boaz@example.org", "letter")
    record(posted, alice, village.ruth)
    assert not is_suppressed("ruth@example.org", "letter")
    assert is_suppressed("boaz@example.org", "letter")


def test_an_objection_to_appeals_alone_leaves_the_address_open(
    posted: Agency, village: SimpleNamespace, alice: User
) -> None:
    record(posted, alice, village.ruth, basis="objection", purpose="appeal")
    assert not is_suppressed("ruth@example.org", "letter")


def preferences_path(agency: Agency, partner: Partner) -> str:
    return urlsplit(preferences_link(agency.pk, partner.pk)).path


def test_preferences_are_chosen_by_a_signed_link(posted: Agency, village: SimpleNamespace) -> None:
    path, reader = preferences_path(posted, village.ruth), Client()
    page = reader.get(path).content.decode()
    assert "r…@example.org" in page
    assert "Ruth" not in page
    assert page.count(" checked") == 1  # news, by the rule for who gives
    with scope.of_agency(posted.pk):
        assert entries(village.ruth) == []
    assert reader.post(path, {"purposes": ["appeal"]}).status_code == 302
    with scope.of_agency(posted.pk):
        assert entries(village.ruth) == [
            ("news", "objection", "preferences page"),
            ("appeal", "consent", "preferences page"),
        ]
        assert not is_suppressed("ruth@example.org", "letter")
    reader.post(path, {})
    with scope.of_agency(posted.pk):
        assert is_suppressed("ruth@example.org", "letter")
        assert entries(village.ruth)[2:] == [("appeal", "objection", "preferences page")]
        assert ConsentEntry.objects.filter(by=None).count() == 3


def test_preferences_of_another_agency_or_of_nobody_are_not_found(
    posted: Agency, elsewhere: Agency, village: SimpleNamespace
) -> None:
    assert Client().get(preferences_path(elsewhere, village.ruth)).status_code == 404
    assert Client().get(reverse("preferences", args=["made-up"])).status_code == 404
    assert Client().post(preferences_path(posted, village.ruth), {"purposes": ["receipt"]}).status_code == 422
    token = preferences_path(posted, village.ruth).split("/")[-2]
    assert (read(token).agency_id, read(token).partner_id) == (posted.pk, village.ruth.pk)


def test_who_may_adds_to_the_ledger_on_the_partners_page(
    posted: Agency, village: SimpleNamespace, alice: User, staff: User, visit: Any
) -> None:
    path = reverse("partner_consent", args=["harbor", village.ruth.pk])
    form = {"channel": "phone", "purpose": "news", "basis": "consent", "source": "call", "on": str(posted.today())}
    browser = visit(staff)
    refused = browser.post(path, form)
    assert refused.status_code == 422
    assert "Enter what the partner agreed to" in refused.content.decode()
    assert browser.post(path, {**form, "wording": "Call me"}).status_code == 302
    page = browser.get(path).content.decode()
    assert "Call me" in page
    assert "Carol" in page
    with scope.of_agency(posted.pk):
        assert entries(village.ruth) == [("news", "consent", "call")]
        assert AuditEntry.objects.get(verb="record consent").label == f"partner {village.ruth.pk}"


def test_consent_page_is_closed_to_others(
    posted: Agency, village: SimpleNamespace, dan: User, mallory: User, visit: Any
) -> None:
    path = reverse("partner_consent", args=["harbor", village.ruth.pk])
    assert visit(mallory).get(path).status_code == 404
    assert visit(dan).get(path).status_code == 403
    elsewhere = reverse("partner_consent", args=["elsewhere", village.ruth.pk])
    assert visit(mallory).get(elsewhere).status_code == 404


def test_the_rule_is_the_administrators(posted: Agency, alice: User, staff: User, visit: Any) -> None:
    path = reverse("letter_settings", args=["harbor"])
    assert visit(staff).get(path).status_code == 403
    browser = visit(alice)
    assert browser.post(path, {"news": "on", "months": "24"}).status_code == 422
    assert browser.post(path, {"news": "on", "months": "24", "wording": "They can object."}).status_code == 302
    page = browser.get(path).content.decode()
    assert "They can object." in page
    assert 'aria-current="page">Letters' in page


def test_who_objected_while_two_records_were_one_is_written_to_under_neither(inside: Agency, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    new: dict[str, Any] = {**act, "kind": "person", "last_name": "Moab"}
    kept = partners.add_partner(**new, first_name="Ruth")
    gone = partners.add_partner(**new, first_name="Rut", email="rut@example.org")
    agreed: dict[str, Any] = {"channel": "email", "purpose": "news", "wording": "Yes, please.", "source": "card"}
    operations.record_consent(**act, partner=gone, basis="consent", on=inside.today() - timedelta(days=300), **agreed)
    merge = partners.merge_partners(**act, survivor=kept, losers=[gone])[0]
    agreed["wording"] = "No more."
    operations.record_consent(**act, partner=kept, basis="objection", on=inside.today(), **agreed)
    partners.undo_merge(**act, merge=merge)
    for each in (kept, gone):
        assert standing([each.pk], "email", "news")[each.pk].basis == "objection"
    assert standing([gone.pk], "email", "news")[gone.pk].source == "card (said while two records were one)"
