"""Givers beyond those that can be decided on are told, never passed over in silence."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import check_import, receive_file
from partners.imports.matching import keeping
from partners.models import EmailAddress, ImportMatch
from partners.operations.partners import add_partner
from tests.cast import Visitor
from tests.imports.conftest import harbor

__all__ = ["harbor"]
NAMES = ("Moab", "Scribe", "Tishbite")


@pytest.fixture
def checked(harbor: Agency, alice: User) -> Callable[[], ImportRun]:
    """A file of three givers who are like partners that are there."""
    for name in NAMES:
        made = add_partner(agency=harbor, actor=alice, kind="person", first_name="Ruth", last_name=name)
        EmailAddress.objects.create(agency=harbor, partner=made, email=f"{name}@x.example")
    rows = "".join(f"{number},Ruth {name},Ruth,{name},{name}@x.example\n" for number, name in enumerate(NAMES, 7))
    text = f"donor_id,display_name,first_name,last_name,email\n{rows}".encode()

    def run() -> ImportRun:
        received = receive_file(agency=harbor, actor=alice, name="p.csv", content=text, check=False)
        return check_import(agency=harbor, run=received)

    return run


def test_what_is_beyond_the_most_is_told(
    checked: Callable[[], ImportRun],
    harbor: Agency,
    alice: User,
    visit: Callable[[User], Visitor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "MOST", 1)
    run = checked()
    assert (ImportMatch.objects.count(), run.outcome["matches_left"]) == (1, 2)
    page = visit(alice).get(reverse("import", args=[harbor.slug, run.pk])).content.decode()
    assert page.count("2 further givers are like partners of yours") == 1


def test_below_the_most_nothing_is_said(checked: Callable[[], ImportRun]) -> None:
    run = checked()
    assert (ImportMatch.objects.count(), "matches_left" in run.outcome) == (3, False)
