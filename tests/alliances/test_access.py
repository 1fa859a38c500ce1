"""The access matrix as data: every page of an alliance x every viewer, and the doors around them."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.access import space_mark
from alliances import operations
from alliances.access import alliance_member
from alliances.demo import Built
from alliances.models import (
    AgendaItem,
    AgendaVersion,
    Agreement,
    Indicator,
    Member,
    Obligation,
    Overlap,
    Period,
    PrayerRequest,
    Publication,
    Representative,
    Rhythm,
    SeatInvitation,
    Submission,
)
from alliances.rights import RIGHTS, UnknownRight
from alliances.urls import urlpatterns
from tests.alliances.conftest import AllianceVisitor
from tests.cast import SECRET

Enter = Callable[[User], AllianceVisitor]
INSIDE = {"coordinator", "member", "other member", "reader"}
OUTSIDE = {"backbone elsewhere", "outsider", "former"}
VIEWERS = sorted(INSIDE | OUTSIDE)

# page: who may read it with GET; everybody else of the alliance gets 403, or 404 where the thing is not theirs to see
ALL = INSIDE
WORKING = {"coordinator", "member", "other member"}
BACKBONE = {"coordinator"}
PAGES: dict[str, set[str]] = {
    "alliance_home": ALL,
    "prayer": ALL,
    "prayer_ask": WORKING,
    "prayer_answer": {"member"},
    "prayer_strategy": BACKBONE,
    "rhythm_add": BACKBONE,
    "agenda": ALL,
    "agenda_version": ALL,
    "agenda_item_add": BACKBONE,
    "agenda_item": BACKBONE,
    "agreement_write": BACKBONE,
    "agreement": ALL,
    "agreement_edit": BACKBONE,
    "measures": ALL,
    "measure_add": BACKBONE,
    "measure": ALL,
    "measure_definition": BACKBONE,
    "measure_period": ALL,
    "measure_report": {"member", "other member"},
    "overlap_open": BACKBONE,
    "measure_publish": BACKBONE,
    "overlap": {"coordinator", "member"},
    "measure_reviews": BACKBONE,
    "measure_review": BACKBONE,
    "measure_consents": {"member", "other member"},
    "publication": ALL,
    "publication_document": ALL,
    "alliance_edit": BACKBONE,
    "alliance_members": WORKING,
    "alliance_member_add": BACKBONE,
    "representative_invite": BACKBONE,
    "staff_invite": BACKBONE,
    "alliance_member": WORKING,
}


@pytest.fixture
def viewers(built: Built, other: Built, people: Callable[[str, str], User], mallory: User) -> dict[str, User]:
    """One person for each column of the matrix."""
    reader, former = people("reader@example.org", "Reader"), people("former@example.org", "Former")
    everybody: dict[str, Any] = {"alliance": built.alliance, "actor": built.coordinator, "member": built.members[0]}
    with scope.within(built.scope()):
        operations.add_representative(**everybody, user=reader)
        left = operations.add_representative(**everybody, user=former, capacities=("may_report", "may_sign"))
        operations.end_representative(alliance=built.alliance, actor=built.coordinator, representative=left)
        operations.invite_person(**everybody, email="next@example.org", name="Next")
        operations.open_overlap(
            alliance=built.alliance,
            actor=built.coordinator,
            period=Period.objects.get(published_at=None),
            one=built.members[0],
            other=built.members[2],
            question="?",
        )
    return {
        "coordinator": built.coordinator,
        "member": built.people[built.members[0].pk],
        "other member": built.people[built.members[1].pk],
        "reader": reader,
        "backbone elsewhere": mallory,
        "outsider": people("outsider@example.org", "Outsider"),
        "former": former,
    }


@pytest.fixture
def ids(built: Built, viewers: dict[str, User]) -> dict[str, list[Any]]:
    """The arguments of each page after the alliance."""
    with scope.within(built.scope()):
        period = Period.objects.get(published_at=None)
        version = AgendaVersion.objects.get()
        indicator, publication = Indicator.objects.get(), Publication.objects.get()
        ask = PrayerRequest.objects.get(member=built.members[0])
        args: dict[str, Any] = {
            "alliance": built.alliance.slug,
            "agenda": version.number,
            "item": AgendaItem.objects.first(),
            "review": Submission.objects.first(),
        }
        by_page: dict[str, list[Any]] = {
            "prayer_answer": [ask.pk],
            "prayer_close": [ask.pk],
            "rhythm_end": [Rhythm.objects.get().pk],
            "agenda_version": [version.number],
            "agenda_item_add": [version.number],
            "agenda_item": [version.number, args["item"].pk],
            "agenda_item_remove": [version.number, args["item"].pk],
            "agenda_step": [version.number, "adopt"],
            "measure_publish": [period.pk, "implementing"],
            "measure_period_lock": [period.pk, "lock"],
            "overlap": [Overlap.objects.get().pk],
            "measure_review": [args["review"].pk],
            "publication": [publication.pk],
            "publication_document": [publication.pk],
            "alliance_member": [built.members[0].pk],
            "alliance_member_move": [built.members[0].pk],
            "representative_invite": [built.members[0].pk],
            "seat_withdraw": [SeatInvitation.objects.get().pk],
            "representative_end": [Representative.objects.get(member=built.members[1]).pk],
        }
        agreement = Agreement.objects.get().pk
        for name in ("agreement", "agreement_edit", "agreement_sign"):
            by_page[name] = [agreement]
        by_page["agreement_step"] = [agreement, "adopt"]
        for pattern in urlpatterns:
            if (
                pattern.name
                and pattern.name.startswith(("measure", "overlap_open"))
                and "<int:pk>" in str(pattern.pattern)
            ):
                default = period.pk if "periods" in str(pattern.pattern) else indicator.pk
                by_page.setdefault(pattern.name, [default])
    return by_page


def address(built: Built, ids: dict[str, list[Any]], page: str) -> str:
    return reverse(page, args=[built.alliance.slug, *ids.get(page, [])])


def test_who_reads_which_page(built: Built, viewers: dict[str, User], ids: dict[str, list[Any]], enter: Enter) -> None:
    visitors = {name: enter(user) for name, user in viewers.items()}
    for page, readers in PAGES.items():
        got = {name: visitor.get(address(built, ids, page)).status_code for name, visitor in visitors.items()}
        assert (page, {name for name in VIEWERS if got[name] == 200}) == (page, readers)
        assert (page, {got[name] for name in INSIDE - readers} - {403, 404}) == (page, set())
        assert (page, {got[name] for name in OUTSIDE}) == (page, {404})


POSTS: dict[str, set[str]] = {
    "prayer_close": {"member"},
    "rhythm_end": BACKBONE,
    "agenda_begin": BACKBONE,
    "agenda_item_remove": BACKBONE,
    "agenda_step": BACKBONE,
    "agreement_sign": {"member", "other member"},
    "agreement_step": BACKBONE,
    "measure_definition_adopt": BACKBONE,
    "measure_period_open": BACKBONE,
    "measure_report_save": {"member", "other member"},
    "measure_report_approve": {"member", "other member"},
    "measure_report_hand_in": {"member", "other member"},
    "measure_period_lock": BACKBONE,
    "measure_consent_edit": {"member", "other member"},
    "alliance_move": BACKBONE,
    "alliance_member_move": BACKBONE,
    "representative_end": BACKBONE,
    "seat_withdraw": BACKBONE,
}


def test_who_may_send_which_form(
    built: Built, viewers: dict[str, User], ids: dict[str, list[Any]], enter: Enter
) -> None:
    visitors = {name: enter(user) for name, user in viewers.items()}
    for page, senders in POSTS.items():
        path = address(built, ids, page)
        refused = {name: visitors[name].post(path).status_code for name in VIEWERS if name not in senders}
        assert (page, {refused[name] for name in INSIDE - senders} - {403, 404}) == (page, set())
        assert (page, {refused[name] for name in OUTSIDE}) == (page, {404})
        assert (page, {visitors[name].get(path).status_code for name in senders}) == (page, {405})


def test_the_matrix_names_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(PAGES) | set(POSTS)


def test_the_view_of_every_address_declares_a_right_of_the_table() -> None:
    for pattern in urlpatterns:
        declared = getattr(pattern.callback, "access")  # noqa: B009
        assert (declared.kind, declared.verb in RIGHTS) == ("alliance", True)


def test_negative_control_an_unknown_right_is_refused_when_the_view_is_written() -> None:
    with pytest.raises(UnknownRight):
        alliance_member(can="everything")


def test_whoever_has_not_signed_in_goes_to_the_sign_in_page(built: Built, client: Any) -> None:
    response = client.get("/alliances/river/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/alliances/river/")


def test_an_alliance_that_is_not_there_and_one_that_is_not_ours_look_the_same(
    built: Built, other: Built, enter: Enter
) -> None:
    visitor = enter(built.coordinator)
    absent, foreign = visitor.get("/alliances/absent/"), visitor.get("/alliances/other/")
    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert SECRET not in foreign.content.decode()


def test_ids_of_another_alliance_are_as_good_as_none(built: Built, other: Built, enter: Enter) -> None:
    with scope.within(other.scope()):
        foreign: dict[str, Any] = {
            "measure": Indicator.objects.get().pk,
            "measure_period": Period.objects.first().pk,
            "publication": Publication.objects.get().pk,
            "measure_review": Submission.objects.first().pk,
            "alliance_member": Member.objects.first().pk,
            "agreement": Agreement.objects.get().pk,
        }
    visitor = enter(built.coordinator)
    for page, pk in foreign.items():
        assert visitor.get(reverse(page, args=["river", pk])).status_code == 404
        assert visitor.get(reverse(page, args=["river", 10**9])).status_code == 404


def test_nothing_of_another_alliance_is_on_any_page(
    built: Built, other: Built, viewers: dict[str, User], ids: dict[str, list[Any]], enter: Enter
) -> None:
    visitor = enter(built.coordinator)
    for page in PAGES:
        assert SECRET not in visitor.get(address(built, ids, page)).content.decode()
    assert SECRET in enter(other.coordinator).get("/alliances/other/").content.decode()  # negative control


def test_a_member_finds_no_number_of_another_on_any_page(
    built: Built, viewers: dict[str, User], ids: dict[str, list[Any]], enter: Enter
) -> None:
    """Canaries: 2,764 and 1,953 are what two other members reported; 4,318 is the reader's own; 9,035 the total."""
    visitor = enter(viewers["member"])
    pages = {page: visitor.get(address(built, ids, page)).content.decode() for page in PAGES}
    with scope.within(built.scope()):
        past = Period.objects.exclude(published_at=None).get().pk
    pages["own past"] = visitor.get(reverse("measure_report", args=["river", past])).content.decode()
    pages["past"] = visitor.get(reverse("measure_period", args=["river", past])).content.decode()
    for page, text in pages.items():
        leaked = [number for number in ("2,764", "2764", "1,953", "1953") if number in text]
        assert (page, leaked) == (page, [])
    assert "4,318" in pages["own past"]
    assert "9,035" in pages["publication"]


def test_the_coordinator_needs_a_second_factor(built: Built, enter: Enter) -> None:
    Authenticator.objects.all().delete()
    response = enter(built.coordinator).get("/alliances/river/")
    assert (response.status_code, response.headers["Location"]) == (302, reverse("mfa_activate_totp"))
    assert enter(built.people[built.members[0].pk]).get("/alliances/river/").status_code == 200


def test_demo_people_are_exempt_under_development_settings_only(built: Built, enter: Enter) -> None:
    Authenticator.objects.all().delete()
    User.objects.filter(pk=built.coordinator.pk).update(is_demo=True)
    assert enter(built.coordinator).get("/alliances/river/").status_code == 302
    with override_settings(DEMO_SIGN_INS=True):
        assert enter(built.coordinator).get("/alliances/river/").status_code == 200


def test_a_form_of_another_space_is_refused(built: Built, enter: Enter) -> None:
    carol = built.coordinator
    for mark in ("", space_mark(built.alliance.pk, carol.pk), "river"):
        response = enter(carol).post("/alliances/river/backbone/edit/", {"space": mark, "name": "Taken over"})
        assert response.status_code == 409
    assert enter(carol).post("/alliances/river/backbone/edit/", {"name": "Renamed"}).status_code == 302


def test_who_left_is_out_at_once(built: Built, enter: Enter) -> None:
    member = built.members[0]
    visitor = enter(built.people[member.pk])
    assert visitor.get("/alliances/river/").status_code == 200
    with scope.within(built.scope()):
        operations.move_member(alliance=built.alliance, actor=built.coordinator, member=member, state="left")
    assert visitor.get("/alliances/river/").status_code == 404


def test_a_suspended_member_reads_and_changes_nothing(built: Built, enter: Enter) -> None:
    member = built.members[0]
    with scope.within(built.scope()):
        operations.move_member(alliance=built.alliance, actor=built.coordinator, member=member, state="suspended")
        owed = Obligation.objects.filter(member=member).order_by("-pk").first()
    visitor = enter(built.people[member.pk])
    assert visitor.get("/alliances/river/measures/").status_code == 200
    assert visitor.post(f"/alliances/river/measures/periods/{owed.period_id}/report/save/", {}).status_code == 403


def test_an_inactive_account_is_nobody(built: Built, enter: Enter) -> None:
    visitor = enter(built.coordinator)
    User.objects.filter(pk=built.coordinator.pk).update(is_active=False)
    assert visitor.get("/alliances/river/").status_code in (302, 404)


def test_the_switcher_lists_the_alliances_of_a_person(built: Built, other: Built, enter: Enter) -> None:
    text = enter(built.people[built.members[2].pk]).get(reverse("spaces"))
    assert (text.status_code, text.headers["Location"]) == (302, "/alliances/river/")
    both = enter(built.coordinator).get(reverse("spaces")).content.decode()
    assert "River Alliance" in both
    assert SECRET not in both
