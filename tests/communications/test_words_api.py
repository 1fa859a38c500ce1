"""Core messages and guidelines through the API: the same acts as on the pages, refused where the pages refuse."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications import operations
from communications.kinds import CORE_MESSAGES, GUIDELINES, Kind
from tests.cast import spouse_of

KINDS = {"core message": CORE_MESSAGES, "guidelines": GUIDELINES}
PLACES = {
    ("core message", "agree"): ("core_message_agree", "api_core_message_approve"),
    ("core message", "acknowledge"): ("core_message_acknowledge", "api_core_message_acknowledge"),
    ("guidelines", "agree"): ("guidelines_agree", "api_guidelines_approve"),
    ("guidelines", "acknowledge"): ("guidelines_acknowledge", "api_guidelines_acknowledge"),
}
ANSWERS = {
    # who, which unit: what page and API answer to agreeing and to acknowledging
    ("staff", "open"): {"agree": (302, 200), "acknowledge": (403, 403)},
    ("staff", "closed"): {"agree": (404, 404), "acknowledge": (403, 403)},
    ("author", "open"): {"agree": (409, 409), "acknowledge": (302, 200)},
    ("author", "closed"): {"agree": (409, 409), "acknowledge": (302, 200)},
    ("alice", "closed"): {"agree": (302, 200), "acknowledge": (409, 409)},
}


def submitted(agency: Agency, actor: User, unit: Any, kind: Kind) -> Any:
    """The first version of a unit, which waits for somebody's agreement."""
    if kind is CORE_MESSAGES:
        made = operations.begin_core_message(agency=agency, actor=actor, unit=unit, text="Many hear.", messages=[])
        return operations.submit_core_message(agency=agency, actor=actor, message=made)
    begun = operations.begin_guidelines(agency=agency, actor=actor, unit=unit, words={"tone": "Warm."})
    return operations.submit_guidelines(agency=agency, actor=actor, guidelines=begun)


@pytest.mark.parametrize(("noun", "act"), PLACES)
@pytest.mark.parametrize(("who", "unit_name"), ANSWERS)
def test_page_and_api_answer_alike(
    posted: Agency,
    led: SimpleNamespace,
    bob: User,
    alice: User,
    dan: User,
    visit: Any,
    make_staff: Any,
    noun: str,
    act: str,
    who: str,
    unit_name: str,
) -> None:
    people = {"staff": make_staff(dan), "author": bob, "alice": alice}
    answers = []
    for index, place in enumerate(PLACES[noun, act]):
        row = submitted(posted, bob, getattr(led, unit_name), KINDS[noun])
        if act == "acknowledge":
            operations.approve(agency=posted, actor=alice, words=row)
        args = [posted.slug, row.pk] if index else [posted.slug, row.unit_id, row.version]
        sent: dict[str, Any] = {"content_type": "application/json"} if index else {}
        answers.append(visit(people[who]).post(reverse(place, args=args), **sent).status_code)
        with scope.of_agency(posted.pk):
            row.refresh_from_db()
            agreed = act == "acknowledge" or answers[-1] in (200, 302)
            assert row.state == ("approved" if agreed else "submitted")
            if not agreed:
                operations.approve(agency=posted, actor=alice, words=row)
    assert tuple(answers) == ANSWERS[who, unit_name][act]


@pytest.mark.parametrize("noun", KINDS)
def test_the_author_s_spouse_does_not_agree(
    posted: Agency, units: SimpleNamespace, alice: User, make_staff: Any, visit: Any, noun: str
) -> None:
    row = submitted(posted, alice, units.open, KINDS[noun])
    pia = make_staff(spouse_of(alice, "Pia"))
    page, api = PLACES[noun, "agree"]
    for place in (reverse(page, args=[posted.slug, units.open.pk, 1]), reverse(api, args=[posted.slug, row.pk])):
        sent: dict[str, Any] = {"content_type": "application/json"} if "/api/" in place else {}
        assert visit(pia).post(place, **sent).status_code == 409
    assert (
        visit(pia).get(reverse(KINDS[noun].page, args=[posted.slug, units.open.pk])).context["under_way"].may_agree
        is False
    )
