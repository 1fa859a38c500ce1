"""Asking in who serves, by a program: the same acts and refusals as on the pages."""

from collections.abc import Callable
from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from agencies.queries.invitations import open_invitations
from ssu.models import TeamMember, Worker
from tests.agencies.conftest import confirm
from tests.programs import Program

Programs = Callable[[User], Program]
JOINS = {"name": "Lena", "role": "leader", "joined_on": "2024-03-01"}


def test_a_leader_joins_with_an_address_or_not_at_all(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    mine, path = program(alice), f"units/{led.open.pk}/team/"
    confirm(mine.browser)
    taken = mine.refused(path, **JOINS, email=bob.email)
    assert (taken, Worker.objects.filter(name="Lena").count()) == ((409, "address_signs_in", "email"), 0)
    status, made = mine.send(path, **JOINS, email="lena@example.org")
    assert (status, made["name"], made["signs_in"]) == (201, "Lena", False)
    lena = Worker.objects.get(name="Lena")
    assert (open_invitations().get().pk, TeamMember.objects.filter(worker=lena).count()) == (lena.invitation_id, 1)


def test_inviting_sending_and_withdrawing(inside: Agency, led: SimpleNamespace, alice: User, program: Programs) -> None:
    mine, path = program(alice), f"units/{led.open.pk}/team/"
    confirm(mine.browser)
    mine.send(path, **JOINS)
    lena = Worker.objects.get(name="Lena")
    here = f"workers/{lena.pk}/invitation/"
    nobody = {"signs_in": False, "email": "", "held_since": None, "expires_at": None}
    assert mine.get(here) == nobody
    assert mine.refused(f"{here}send/")[:2] == (409, "no_invitation")
    status, said = mine.send(here, email="lena@example.org", held=True)
    assert (status, said["email"], said["expires_at"], said["held_since"] is None) == (
        201,
        "lena@example.org",
        None,
        False,
    )
    assert mine.refused(here, email="other@example.org")[:2] == (409, "person_invited")
    status, said = mine.send(f"{here}send/")
    assert (status, said["held_since"], said["expires_at"] is None) == (200, None, False)
    assert mine.browser.delete(f"/api/a/{inside.slug}/{here}").status_code == 204
    assert mine.get(here) == nobody
    bob = Worker.objects.get(membership__user__email="bob@example.org")
    assert mine.get(f"workers/{bob.pk}/invitation/")["signs_in"] is True
