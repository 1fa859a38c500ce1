"""Keys of programs: what they open, for whom, until when, and that nobody reads one again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.api import KeyTypesNoPassword
from agencies.key_text import FORM, digest_of, new_text, sign_of
from agencies.models import Agency, ApiKey, AuditEntry, Membership, Role
from agencies.operations.api_keys import (
    LONGEST_DAYS,
    KeyDays,
    KeyEnded,
    KeyNameTaken,
    KeyReachesNothing,
    end_key,
    make_key,
)
from tests.cast import make_agency

Made = Callable[..., tuple[ApiKey, str]]


@pytest.fixture
def made(inside: Agency, alice: User) -> Made:
    """`made(writes=True)` is a key of Alice's and its text."""

    def make(**fields: Any) -> tuple[ApiKey, str]:
        given = {"name": "Accounting", "areas": ["units", "partners"], "writes": False, "days": 90, **fields}
        return make_key(agency=inside, actor=given.pop("actor", alice), **given)

    return make


def asked(text: str, path: str = "units/", slug: str = "harbor", method: str = "get", **body: Any) -> Any:
    """What a program without cookies is answered."""
    headers = {"Authorization": f"Bearer {text}"}
    sent = {"data": body, "content_type": "application/json"} if method != "get" else {}
    return getattr(Client(), method)(f"/api/a/{slug}/{path}", headers=headers, **sent)


def test_its_text_has_a_form_that_scanners_know_and_is_kept_nowhere(made: Made) -> None:
    key, text = made()
    assert (FORM.fullmatch(text) is not None, sign_of(text)) == (True, key.sign)
    assert key.sha256 == digest_of(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_apikey k WHERE k::text LIKE %s", [f"%{text[12:]}%"])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM agencies_apikey k WHERE k::text LIKE %s", [f"%{key.sha256}%"])
        assert cursor.fetchone() == (1,)


def test_a_program_reads_what_its_person_may_in_the_areas_of_its_key(made: Made) -> None:
    _key, text = made(areas=["units"])
    assert asked(text).status_code == 200
    assert asked(text, "partners/").status_code == 403
    assert asked(text, "jobs/").status_code == 403


def test_a_key_that_only_reads_writes_nothing_and_one_that_writes_is_named_in_the_trail(
    made: Made, inside: Agency, alice: User
) -> None:
    _key, reads = made()
    _key, writes = made(name="Website", writes=True)
    sent = {"name": "Mercy", "code": "M"}
    refused = asked(reads, "strategies/", method="post", **sent)
    assert (refused.status_code, refused.json()["code"]) == (403, "key_only_reads")
    assert asked(writes, "strategies/", method="post", **sent).status_code == 201
    entry = AuditEntry.objects.get(verb="add strategy")
    assert (entry.actor, entry.through) == (alice, "Website")
    assert AuditEntry.objects.filter(verb="make key").values_list("through", flat=True)[0] == ""


def test_no_key_does_what_asks_for_a_password_even_beside_a_session_that_typed_one(
    made: Made, alice: User, visit: Callable[[User], Any]
) -> None:
    _key, text = made(areas=["home"], writes=True)
    for browser in (Client(), visit(alice)):
        answer = browser.post(
            "/api/a/harbor/keys/",
            {"name": "Another", "areas": ["units"]},
            content_type="application/json",
            headers={"Authorization": f"Bearer {text}"},
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "password_first")
        assert answer.json()["detail"] == str(KeyTypesNoPassword())
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    ["", "yk_", "secret", "yk_00000000_" + "A" * 43, "yk_0000000\u0660_" + "A" * 43, "yk_00000000_" + "A" * 4000],
)
def test_what_is_no_key_is_answered_as_an_unknown_one(inside: Agency, text: str) -> None:
    unknown, answer = asked(new_text()), asked(text)
    assert (answer.status_code, answer.content) == (401, unknown.content)
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def end(key: ApiKey, alice: User) -> None:
    end_key(agency=key.agency, actor=alice, key=key)


def leave(key: ApiKey, alice: User) -> None:
    Membership.objects.filter(pk=key.membership_id).update(left_at=timezone.now())


def lock(key: ApiKey, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)


@pytest.mark.parametrize("act", [end, leave, lock])
def test_a_key_opens_nothing_once_it_is_over(made: Made, alice: User, act: Callable[[ApiKey, User], None]) -> None:
    key, text = made()
    assert asked(text).status_code == 200
    act(key, alice)
    assert (asked(text).status_code, asked(text).content) == (401, asked(new_text()).content)


def test_a_key_works_through_its_last_day(made: Made, inside: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    key, text = made(days=3)
    today = inside.today()
    assert key.last_day == today + timedelta(days=2)
    for days, status in ((2, 200), (3, 401)):
        monkeypatch.setattr(Agency, "today", lambda self, days=days: today + timedelta(days=days))
        assert asked(text).status_code == status


def test_a_key_opens_its_own_agency_alone(made: Made, alice: User, elsewhere: Agency) -> None:
    _key, text = made()
    other = make_agency("second", alice)
    assert asked(text, slug=other.slug).content == asked(new_text(), slug=other.slug).content
    assert asked(text, slug=elsewhere.slug).status_code == 401
    assert asked(text, slug="nowhere").status_code == 401


def test_rights_that_go_go_from_the_key_too(made: Made, inside: Agency, alice: User, bob: User) -> None:
    membership = people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.FINANCE, Role.STAFF))
    _key, text = made(actor=bob)
    assert asked(text).status_code == 200
    people.end_role(agency=inside, actor=alice, membership=membership, role=Role.FINANCE)
    people.end_role(agency=inside, actor=alice, membership=membership, role=Role.STAFF)
    assert asked(text).status_code == 403


def test_the_day_of_use_is_written_once_a_day(made: Made, inside: Agency) -> None:
    key, text = made()
    assert key.used_on is None
    written = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert asked(text).status_code == 200
        written.append(sum(query["sql"].startswith("UPDATE") for query in captured))
    key.refresh_from_db()
    assert (written, key.used_on) == ([1, 0], inside.today())


def test_what_a_key_may_not_be(made: Made, inside: Agency, alice: User, bob: User) -> None:
    made()
    with pytest.raises(KeyNameTaken):
        made()
    for areas in ([], ["nowhere"]):
        with pytest.raises(KeyReachesNothing):
            made(name="Other", areas=areas)
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.BOARD,))
    with pytest.raises(KeyReachesNothing):
        made(name="Other", actor=bob, areas=["partners"])
    for days in (0, LONGEST_DAYS + 1):
        with pytest.raises(KeyDays):
            made(name="Other", days=days)


def test_a_name_is_free_again_once_its_key_is_over(made: Made, inside: Agency, alice: User) -> None:
    key, _text = made()
    end_key(agency=inside, actor=alice, key=key)
    again, _text = made()
    assert again.pk != key.pk
    with pytest.raises(KeyEnded):
        end_key(agency=inside, actor=alice, key=key)


def test_rows_stand(made: Made, elsewhere: Agency) -> None:
    key, _text = made()
    for change in ({"areas": ["home"]}, {"writes": True}, {"last_day": key.last_day + timedelta(days=1)}):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            ApiKey.objects.filter(pk=key.pk).update(**change)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).delete()
    with scope.of_agency(elsewhere.pk):
        assert not ApiKey.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.create(
            membership=key.membership, name="Bare", sign="00000000", sha256="0" * 64, areas=[], last_day=key.last_day
        )


def test_people_without_a_second_factor_do_not_act_by_a_key_either(made: Made, alice: User) -> None:
    from allauth.mfa.models import Authenticator

    _key, text = made()
    Authenticator.objects.filter(user=alice).delete()
    answer = asked(text)
    assert (answer.status_code, "second factor" in answer.json()["detail"]) == (403, True)


def test_a_key_does_not_come_back_with_its_person(made: Made, inside: Agency, alice: User, bob: User) -> None:
    membership = people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.ADMINISTRATOR,))
    key, text = made(actor=bob)
    people.remove_member(agency=inside, actor=alice, membership=membership, reason="moved")
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.ADMINISTRATOR,))
    assert asked(text).status_code == 401
    key.refresh_from_db()
    assert (key.ended_by, AuditEntry.objects.filter(verb="end key").count()) == (alice, 1)
