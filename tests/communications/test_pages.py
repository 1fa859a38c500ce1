"""The pages of letters, and who gets in."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications import operations
from communications.models import Letter
from delivery.models import OutgoingMessage
from jobs.testing import run_due
from partners.models import Partner
from ssu.models import Unit
from tests.cast import SECRET
from tests.ssu.conftest import TRUE_NAME

Give = Callable[..., Partner]
Write = Callable[..., Letter]


def at(page: str, *args: Any) -> str:
    return reverse(page, args=["harbor", *args])


def words(unit: Unit, **fields: Any) -> dict[str, Any]:
    given = {"unit": unit.pk, "subject": "Water", "body": "Dear {{greeting}}", "purpose": "news", "language": "en"}
    return {**given, **fields}


def test_the_whole_way_of_a_letter(
    posted: Agency, village: SimpleNamespace, give: Give, alice: User, visit: Any
) -> None:
    give(village.unit, "Nomail")
    long_ago = give(village.unit, "Long", "long@example.org", days_ago=1000)
    browser = visit(alice)
    saved = browser.post(at("letter_add"), words(village.unit))
    with scope.of_agency(posted.pk):
        pk = Letter.objects.get().pk
    assert saved["Location"] == at("letter", pk)
    page = browser.get(at("letter", pk)).content.decode()
    assert re.search(r">2</span>\s+of 4 partners", page)
    assert "Last gift too long ago" in page
    assert "Dear Ruth" in page
    assert "Approve letter" in page
    shown = browser.get(at("letter", pk), {"partner": village.boaz.pk}).content.decode()
    assert "Dear Boaz" in shown
    audience = browser.get(at("letter_audience", pk)).content.decode()
    assert audience.count("Include anyway") == 1
    assert browser.post(at("letter_include", pk, long_ago.pk)).status_code == 302
    assert "Leave out" in browser.get(at("letter_audience", pk)).content.decode()
    assert browser.post(at("letter_proof", pk), {"partner": village.ruth.pk}).status_code == 302
    assert browser.post(at("letter_send", pk)).status_code == 409
    assert browser.post(at("letter_approve", pk)).status_code == 302
    assert browser.post(at("letter_send", pk)).status_code == 302
    assert "Waiting for its turn" in browser.get(at("letter", pk)).content.decode()
    with scope.of_agency(posted.pk):
        run_due()
        OutgoingMessage.objects.filter(to="ruth@example.org").update(state="accepted")
        OutgoingMessage.objects.filter(to="boaz@example.org").update(state="failed", last_error="550 no such user")
    page = browser.get(at("letter", pk)).content.decode()
    assert re.search(r">3</span> messages", page)
    assert "1 partner was left out." in page
    failed = browser.get(at("letter_messages", pk), {"state": "failed"}).content.decode()
    assert "550 no such user" in failed
    assert "Boaz" in failed
    assert "Ruth" not in failed
    left_out = browser.get(at("letter_messages", pk), {"reason": "any"}).content.decode()
    assert "Nomail Moab" in left_out
    assert "No e-mail address" in left_out
    link = re.search(r'href="([^"]*/messages/\d+/)"', failed)
    assert link
    read = browser.get(link[1]).content.decode()
    assert "Dear Boaz" in read
    assert "Choose what you receive" in read
    assert "/p/" not in read  # the reader's own links would let anybody here unsubscribe them


def test_refusals_stand_beside_their_field(posted: Agency, units: SimpleNamespace, alice: User, visit: Any) -> None:
    browser = visit(alice)
    unknown = browser.post(at("letter_add"), words(units.open, subject="{{ settings }}"))
    assert unknown.status_code == 422
    assert "Subject: {{ settings }} is not a merge field." in unknown.content.decode()
    blocked = browser.post(at("letter_add"), words(units.open, body=f"Among {TRUE_NAME}"))
    assert blocked.status_code == 422
    assert "“Tamrin People” must not stand in words for partners." in blocked.content.decode()
    with scope.of_agency(posted.pk):
        assert Letter.objects.count() == 0


def test_who_may_not_see_the_name_is_not_told_it(
    posted: Agency, units: SimpleNamespace, staff: User, write: Write, visit: Any
) -> None:
    letter = write(units.closed, subject="From {{unit_name}}")
    browser = visit(staff)
    for path in (at("letters"), at("letter", letter.pk), at("letter_add"), at("letter_audience", letter.pk)):
        page = browser.get(path).content.decode()
        assert TRUE_NAME not in page
        assert "Project Cedar" in page or path == at("letter_audience", letter.pk)
    answer = browser.post(at("letter_add"), words(units.open, body="the Tamrin people"))
    assert answer.status_code == 422
    errors = answer.content.decode().split("<textarea")[0]
    assert "Tamrin" not in errors
    assert "could give away somebody whom we protect" in errors


def test_payee_phrases_warn_on_the_page(units: SimpleNamespace, alice: User, write: Write, visit: Any) -> None:
    letter = write(units.open, body="Please support me.")
    page = visit(alice).get(at("letter", letter.pk)).content.decode()
    assert "“support me” reads as if a gift went to a person." in page


def test_outsiders_find_nothing_and_the_board_stays_out(
    posted: Agency, approved: Letter, alice: User, dan: User, mallory: User, village: SimpleNamespace, visit: Any
) -> None:
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    pk, message = approved.pk, approved.messages.get(partner=village.ruth).pk
    gets = [
        ("letters", []),
        ("letter_add", []),
        ("letter", [pk]),
        ("letter_edit", [pk]),
        ("letter_audience", [pk]),
        ("letter_messages", [pk]),
        ("letter_message", [pk, message]),
        ("core_messages", [village.unit.pk]),
    ]
    posts = [
        ("letter_approve", [pk]),
        ("letter_send", [pk]),
        ("letter_cancel", [pk]),
        ("letter_proof", [pk]),
        ("letter_include", [pk, village.ruth.pk]),
        ("core_message_agree", [village.unit.pk, 1]),
    ]
    outsider, board = visit(mallory), visit(dan)
    for name, args in gets:
        assert outsider.get(at(name, *args)).status_code == 404, name
        assert board.get(at(name, *args)).status_code == 403, name
        own = outsider.get(reverse(name, args=["elsewhere", *args]))
        assert own.status_code == (404 if args else 200), name
    for name, args in posts:
        assert outsider.post(at(name, *args)).status_code == 404, name
        assert board.post(at(name, *args)).status_code == 403, name
        assert outsider.post(reverse(name, args=["elsewhere", *args])).status_code == 404, name
    page = visit(alice).get(at("letter", pk)).content.decode()
    assert SECRET not in page


def test_another_agencys_unit_is_like_one_that_does_not_exist(
    posted: Agency, units: SimpleNamespace, mallory: User, elsewhere: Agency, visit: Any
) -> None:
    browser = visit(mallory)
    answers = []
    for unit in (units.open.pk, 999_999_999):
        form = words(units.open) | {"unit": unit}
        answers.append(browser.post(reverse("letter_add", args=["elsewhere"]), form).content.decode())
    assert [("not one of the available choices" in answer) for answer in answers] == [True, True]


def test_a_leader_writes_for_the_own_unit_only_and_sends_nothing(
    posted: Agency, led: SimpleNamespace, policy: object, give: Give, bob: User, write: Write, visit: Any
) -> None:
    ruth = give(led.open, "Ruth", "ruth@example.org")
    own, other = write(led.open), write(led.careful)
    browser = visit(bob)
    page = browser.get(at("letters")).content.decode()
    assert at("letter", own.pk) in page
    assert at("letter", other.pk) not in page
    choices = browser.get(at("letter_add")).content.decode()
    assert "Riverbend" in choices
    assert "Kareth" not in choices
    assert browser.post(at("letter_add"), words(led.careful)).status_code == 422
    assert browser.post(at("letter_add"), words(led.open, subject="By the leader")).status_code == 302
    assert browser.get(at("letter", own.pk)).status_code == 200
    assert browser.post(at("letter_include", own.pk, ruth.pk)).status_code == 302
    for path in (at("letter", other.pk), at("letter_edit", other.pk), at("letter_audience", other.pk)):
        assert browser.get(path).status_code == 404
    for name in ("letter_approve", "letter_send"):
        assert browser.post(at(name, own.pk)).status_code == 403
    assert browser.post(at("letter_cancel", other.pk)).status_code == 404
    with scope.of_agency(posted.pk):
        assert Letter.objects.get(subject="By the leader").author == bob
        Letter.objects.filter(pk=own.pk).update(state="approved", approved_at=own.written_at)
        Letter.objects.filter(pk=own.pk).update(state="sending")
    assert browser.post(at("letter_cancel", own.pk)).status_code == 403


def test_a_member_reads_and_does_not_write(led: SimpleNamespace, carol: User, write: Write, visit: Any) -> None:
    letter = write(led.open)
    browser = visit(carol)
    page = browser.get(at("letter", letter.pk)).content.decode()
    assert "Change letter" not in page
    assert browser.get(at("letter_edit", letter.pk)).status_code == 403
    assert browser.get(at("letter_add")).status_code == 403
    assert browser.post(at("letter_proof", letter.pk)).status_code == 403


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_html_of_writers_and_partners_stays_inert_on_every_page(
    posted: Agency, village: SimpleNamespace, give: Give, alice: User, write: Write, visit: Any
) -> None:
    give(village.unit, ATTACK[:70], "evil@example.org")
    letter = write(village.unit, subject=ATTACK, body=f"{ATTACK}\n\n{{{{partner_name}}}}\n\n[x](javascript:alert(1))")
    operations.approve_letter(agency=posted, actor=alice, letter=letter)
    browser = visit(alice)
    paths = [at("letters"), at("letter", letter.pk), at("letter_edit", letter.pk), at("letter_audience", letter.pk)]
    pages = [browser.get(path).content.decode() for path in paths]
    operations.send_letter(agency=posted, actor=alice, letter=letter)
    run_due()
    ids = letter.messages.values_list("pk", flat=True)
    paths = [
        at("letter", letter.pk),
        at("letter_messages", letter.pk),
        *(at("letter_message", letter.pk, pk) for pk in ids),
    ]
    pages += [browser.get(path).content.decode() for path in paths]
    pages += OutgoingMessage.objects.values_list("html", flat=True)
    assert len(pages) == 12
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize("page", ["letters", "messages", "audience", "letter"])
def test_queries_do_not_grow_with_the_rows(
    posted: Agency,
    village: SimpleNamespace,
    approved: Letter,
    alice: User,
    give: Give,
    write: Write,
    visit: Any,
    django_assert_max_num_queries: Any,
    page: str,
) -> None:
    draft = write(village.unit)
    browser = visit(alice)
    counts = []
    for size in (1, 3, 50):
        with scope.of_agency(posted.pk):
            grow(posted, village, approved, alice, give, write, page, size)
        path = {
            "letters": at("letters"),
            "messages": at("letter_messages", approved.pk),
            "audience": at("letter_audience", draft.pk),
            "letter": at("letter", draft.pk),
        }[page]
        with django_assert_max_num_queries(40) as asked:
            assert browser.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def grow(
    posted: Agency, village: Any, approved: Letter, alice: User, give: Give, write: Write, page: str, size: int
) -> None:
    """Make the list as long as wanted."""
    if page == "letters":
        for number in range(size - Letter.objects.count()):
            write(village.unit, subject=f"Letter {number}")
        return
    for number in range(size - Partner.objects.count()):
        give(village.unit, f"More{number}", f"more{size}-{number}@example.org")
    if page == "messages":
        Letter.objects.filter(pk=approved.pk).update(state="approved", sent_at=None)
        operations.send_letter(agency=posted, actor=alice, letter=approved)
        run_due()


def test_the_api_tells_letters_and_what_became_of_them(
    posted: Agency, approved: Letter, alice: User, dan: User, mallory: User, give: Give, visit: Any
) -> None:
    give(approved.unit, "Nomail")
    operations.send_letter(agency=posted, actor=alice, letter=approved)
    run_due()
    browser = visit(alice)
    (listed,) = browser.get("/api/a/harbor/letters/").json()["results"]
    assert (listed["id"], listed["state"], listed["unit_name"]) == (approved.pk, "sent", "Riverbend")
    full = browser.get(f"/api/a/harbor/letters/{approved.pk}/").json()
    assert (full["messages"], full["excluded"]) == ({"queued": 2}, {"no_email": 1})
    messages = browser.get(f"/api/a/harbor/letters/{approved.pk}/messages/").json()["results"]
    assert [each["state"] for each in messages] == ["queued", "queued"]
    (out,) = browser.get(f"/api/a/harbor/letters/{approved.pk}/messages/?excluded=any").json()["results"]
    assert (out["state"], out["excluded"]) == ("excluded", "no_email")
    for path in ("letters/", f"letters/{approved.pk}/", f"letters/{approved.pk}/messages/"):
        assert visit(mallory).get(f"/api/a/harbor/{path}").status_code == 404
        assert visit(dan).get(f"/api/a/harbor/{path}").status_code == 403


def test_search_finds_letters_that_the_person_may_see(
    posted: Agency, led: SimpleNamespace, bob: User, write: Write, visit: Any
) -> None:
    write(led.open, subject="Water for all")
    write(led.careful, subject="Water for none")
    page = visit(bob).get(at("search"), {"q": "water"}).content.decode()
    assert "Water for all" in page
    assert "Water for none" not in page
