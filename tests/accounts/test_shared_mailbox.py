"""Spouses who share an address: two accounts, two passwords, two second factors, one mailbox (ADR 12)."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.operations import new_sign_in_name
from accounts.queries import mailbox_readers
from agencies import operations, scope
from agencies.invitation_links import token_of
from agencies.models import Agency, Invitation, Membership
from agencies.operations.addressees import OtherPerson
from agencies.operations.invitations import AddressTakenTwice
from tests.cast import PASSWORD

ADDRESS = "moab@example.org"
HIS, HERS = "walk the second mile", "whither thou goest go I"


@pytest.fixture(autouse=True)
def no_attempts_before() -> None:
    """Attempts of other tests are not counted here."""
    cache.clear()


def invited(agency: Agency, alice: User, name: str, email: str = ADDRESS) -> Invitation:
    with transaction.atomic(), scope.of_agency(agency.pk):
        given: dict[str, Any] = {"email": email, "name": name, "roles": ["board"], "shares_address": True}
        return operations.invite(agency=agency, actor=alice, **given)


def join(invitation: Invitation, name: str, password: str) -> Any:
    path = reverse("invitation", args=[token_of(invitation)])
    return Client().post(path, {"name": name, "password": password})


@pytest.fixture
def couple(agency: Agency, alice: User) -> tuple[User, User]:
    """Boaz came first and has the address; Ruth came second and has a name."""
    his, hers = invited(agency, alice, "Boaz"), invited(agency, alice, "Ruth Moab")
    join(his, "Boaz", HIS)
    join(hers, "Ruth Moab", HERS)
    return User.objects.get(email=ADDRESS), User.objects.get(name="Ruth Moab")


def signs_in(login: str, password: str) -> str:
    """Whose session it is then, "" when nobody came in."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": login, "password": password})
    pk = browser.session.get("_auth_user_id")
    return User.objects.get(pk=pk).name if pk else ""


def test_second_of_a_couple_gets_a_name_of_their_own(couple: tuple[User, User]) -> None:
    boaz, ruth = couple
    assert (ruth.email, ruth.mailbox, ruth.mail_address) == (None, boaz, ADDRESS)
    assert re.fullmatch(r"ruth\.moab\.\d{4}", ruth.sign_in)
    assert (boaz.sign_in, boaz.mail_address, boaz.shares_mailbox, ruth.shares_mailbox) == (ADDRESS, ADDRESS, True, True)


def test_each_signs_in_with_the_own_password_only(couple: tuple[User, User]) -> None:
    ruth = couple[1]
    tried = [(ADDRESS, HIS), (ruth.sign_in, HERS), (ruth.sign_in.upper(), HERS), (ADDRESS, HERS), (ruth.sign_in, HIS)]
    assert [signs_in(*each) for each in tried] == ["Boaz", "Ruth Moab", "Ruth Moab", "", ""]


def test_page_of_the_invitation_tells_the_name_once_the_address_is_taken(agency: Agency, alice: User) -> None:
    his, hers = invited(agency, alice, "Boaz"), invited(agency, alice, "Ruth Moab")
    path = reverse("invitation", args=[token_of(hers)])
    assert f"You will sign in with {ADDRESS}" in Client().get(path).content.decode()
    join(his, "Boaz", HIS)
    assert f"You will sign in with {hers.sign_in_name}" in Client().get(path).content.decode()


def test_a_third_needs_an_address_of_their_own(agency: Agency, alice: User, couple: tuple[User, User]) -> None:
    with pytest.raises(AddressTakenTwice):
        invited(agency, alice, "Orpah")


def test_mails_of_both_say_whom_they_are_for(agency: Agency, alice: User) -> None:
    invited(agency, alice, "Boaz")
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([ADDRESS], "For Boaz: Your invitation to Harbor Light")
    ]


def reset_mails(address: str) -> list[Any]:
    mail.outbox.clear()
    answer = Client().post(reverse("account_reset_password"), {"email": address})
    assert answer["Location"] == reverse("account_reset_password_done")
    return mail.outbox


def test_reset_by_the_shared_address_lets_the_reader_choose(couple: tuple[User, User]) -> None:
    ruth = couple[1]
    mails = reset_mails(ADDRESS)
    assert [each.subject.partition(":")[0] for each in mails] == ["For Boaz", "For Ruth Moab"]
    assert [each.to for each in mails] == [[ADDRESS], [ADDRESS]]
    text = mails[1].body
    assert f"signs in as {ruth.sign_in}" in text
    link = re.findall(r"https?://[^/]+(/accounts/password/reset/key/\S+)", text)
    browser = Client()
    form = browser.get(link[0], follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": "entreat me not to leave", "password2": "entreat me not to leave"})
    assert signs_in(ruth.sign_in, "entreat me not to leave") == "Ruth Moab"
    assert signs_in(ADDRESS, HIS) == "Boaz"


def test_stranger_sees_the_same_for_shared_single_and_unknown_addresses(couple: tuple[User, User], alice: User) -> None:
    def page(address: str) -> str:
        answer = Client().post(reverse("account_reset_password"), {"email": address}, follow=True)
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        return text.replace(address, "…")

    assert len({page(address) for address in (ADDRESS, "alice@example.org", "nobody@example.org")}) == 1


def test_wrong_name_and_wrong_password_are_answered_alike(couple: tuple[User, User]) -> None:
    ruth = couple[1]

    def page(login: str) -> str:
        text = Client().post(reverse("account_login"), {"login": login, "password": "wrong"}).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(login, "…")

    assert page(ruth.sign_in) == page("nobody.1234")
    assert page(ADDRESS) == page("nobody@example.org")


@pytest.mark.parametrize("which", ["name", "address", "unknown name", "unknown address"])
def test_one_password_is_hashed_for_every_attempt(
    couple: tuple[User, User], which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More hashes for one kind of login would tell by the time who is known here."""
    from django.contrib.auth.hashers import get_hasher

    hasher, hashed = type(get_hasher()), []
    plain = hasher.encode

    def counted(*args: Any, **named: Any) -> str:
        hashed.append(1)
        return str(plain(*args, **named))

    monkeypatch.setattr(hasher, "encode", counted)
    logins = {"name": couple[1].sign_in, "address": ADDRESS, "unknown name": "x.1", "unknown address": "x@example.org"}
    signs_in(logins[which], "wrong")
    assert len(hashed) == 1


def test_invitation_of_one_spouse_is_not_the_others(agency: Agency, alice: User, couple: tuple[User, User]) -> None:
    ruth = couple[1]
    with transaction.atomic(), scope.of_agency(agency.pk):
        Membership.objects.filter(user=couple[0]).update(left_at="2026-01-01T00:00Z")
    again = invited(agency, alice, "Boaz")
    browser = Client()
    browser.force_login(ruth)
    path = reverse("invitation", args=[token_of(again)])
    assert "This invitation went to another address" in browser.get(path).content.decode()
    assert browser.post(path).status_code == 403


def test_who_has_the_address_does_not_join_as_the_spouse(agency: Agency, alice: User) -> None:
    """Boaz came by his own invitation; hers, to the same address, opened in his browser, gives him nothing."""
    his, hers = invited(agency, alice, "Boaz"), invited(agency, alice, "Ruth Moab")
    join(his, "Boaz", HIS)
    browser, path = Client(), reverse("invitation", args=[token_of(hers)])
    browser.force_login(User.objects.get(email=ADDRESS))
    page = browser.get(path).content.decode()
    assert ("This invitation is for Ruth Moab" in page, "Join Harbor Light" in page) == (True, False)
    assert browser.post(path).status_code == 403
    join(hers, "Ruth Moab", HERS)
    with transaction.atomic(), scope.of_agency(agency.pk):
        names = Membership.objects.filter(user__name__in=["Boaz", "Ruth Moab"]).values_list("user__name", flat=True)
        assert sorted(names) == ["Boaz", "Ruth Moab"]


def test_who_is_new_here_and_has_an_account_takes_the_own_invitation_only(agency: Agency, alice: User) -> None:
    """Boaz has an account from elsewhere, with the address; both are invited."""
    boaz = User.objects.create_user(ADDRESS, PASSWORD, name="boaz")
    EmailAddress.objects.create(user=boaz, email=ADDRESS, verified=True, primary=True)
    his, hers = invited(agency, alice, "Boaz"), invited(agency, alice, "Ruth Moab")
    browser = Client()
    browser.force_login(boaz)
    answers = [browser.post(reverse("invitation", args=[token_of(each)])).status_code for each in (hers, his, hers)]
    assert answers == [403, 302, 403]


def test_whoever_confirms_an_own_address_leaves_the_mailbox(couple: tuple[User, User]) -> None:
    ruth = couple[1]
    made = EmailAddress.objects.create(user=ruth, email="ruth@example.org", verified=True)
    made.set_as_primary()
    ruth.refresh_from_db()
    assert (ruth.email, ruth.mailbox, ruth.sign_in_name) == ("ruth@example.org", None, None)
    assert mailbox_readers(ruth.pk) == mailbox_readers(couple[0].pk) == frozenset({ruth.pk, couple[0].pk})
    assert signs_in("ruth@example.org", HERS) == "Ruth Moab"


def test_database_holds_that_there_is_one_way_to_sign_in(couple: tuple[User, User]) -> None:
    for values in ({"email": "x@example.org"}, {"mailbox": None}, {"sign_in_name": "ruth@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=couple[1].pk).update(**values)


def test_names_are_given_and_differ(db: None) -> None:
    made = {new_sign_in_name("Ruth Moab") for _ in range(20)}
    assert all(re.fullmatch(r"ruth\.moab\.\d{4}", name) for name in made)
    assert new_sign_in_name("路得").startswith("person.")


def test_me_shows_the_name_and_where_mails_go(couple: tuple[User, User]) -> None:
    browser = Client()
    browser.force_login(couple[1])
    page = browser.get(reverse("me")).content.decode()
    assert (couple[1].sign_in in page, ADDRESS in page) == (True, True)
    assert PASSWORD not in page


NEW = "boaz@example.org"


def moves_to(boaz: User, address: str, browser: Client) -> Any:
    """The owner of the shared mailbox makes another, confirmed address the first, on the page for it."""
    EmailAddress.objects.create(user=boaz, email=address, verified=True)
    mail.outbox.clear()
    browser.post(reverse("account_login"), {"login": ADDRESS, "password": HIS})
    return browser.post(reverse("account_email"), {"email": address, "action_primary": ""})


@pytest.fixture
def parted(couple: tuple[User, User]) -> tuple[User, User]:
    """Boaz has another address now."""
    assert moves_to(couple[0], NEW, Client()).status_code == 302
    return User.objects.get(pk=couple[0].pk), User.objects.get(pk=couple[1].pk)


def test_shared_address_stays_with_the_spouse_when_its_owner_changes_his(parted: tuple[User, User]) -> None:
    boaz, ruth = parted
    assert (boaz.mail_address, ruth.mail_address, ruth.mailbox, ruth.sign_in) == (NEW, ADDRESS, None, ADDRESS)
    assert (signs_in(ADDRESS, HERS), signs_in(NEW, HIS), signs_in(ADDRESS, HIS)) == ("Ruth Moab", "Boaz", "")


def test_both_are_told_at_the_old_address(parted: tuple[User, User]) -> None:
    told = [(each.to, each.subject, NEW in each.body) for each in mail.outbox]
    assert told == [
        ([ADDRESS], "For Ruth Moab: how you sign in from now on", False),
        ([ADDRESS], "For Boaz: how you sign in from now on", True),
    ]


def test_reset_of_one_reaches_only_the_own_address_after_the_change(parted: tuple[User, User]) -> None:
    boaz, ruth = parted

    def reset(address: str) -> list[tuple[list[str], str]]:
        return [(each.to, re.findall(r"/reset/key/(\w+)-", each.body)[0]) for each in reset_mails(address)]

    assert reset(NEW) == [([NEW], user_pk_to_url_str(boaz))]
    assert reset(ADDRESS) == [([ADDRESS], user_pk_to_url_str(ruth))]


def test_they_stay_one_family_when_the_addresses_part(parted: tuple[User, User]) -> None:
    both = frozenset(person.pk for person in parted)
    assert [mailbox_readers(person.pk) for person in parted] == [both, both]


def test_control_whoever_shares_with_nobody_keeps_the_old_address_too(agency: Agency, alice: User) -> None:
    join(invited(agency, alice, "Boaz"), "Boaz", HIS)
    boaz = User.objects.get(email=ADDRESS)
    moves_to(boaz, NEW, Client())
    assert sorted(EmailAddress.objects.filter(user=boaz).values_list("email", flat=True)) == [NEW, ADDRESS]
    assert mail.outbox == []


def test_database_keeps_a_shared_address_with_whoever_reads_it(couple: tuple[User, User]) -> None:
    boaz, ruth = couple

    def move() -> None:
        """Change the address, and let the database look at once instead of at the end."""
        with transaction.atomic(), connection.cursor() as cursor:
            User.objects.filter(pk=boaz.pk).update(email=NEW)
            cursor.execute("SET CONSTRAINTS shared_address_stays IMMEDIATE")

    with pytest.raises(IntegrityError):
        move()
    User.objects.filter(pk=ruth.pk).update(email="ruth@example.org", mailbox=None, sign_in_name=None)
    move()
    assert User.objects.get(pk=boaz.pk).email == NEW


def test_only_address_is_not_removed(couple: tuple[User, User]) -> None:
    boaz = couple[0]
    browser = Client()
    browser.post(reverse("account_login"), {"login": ADDRESS, "password": HIS})
    browser.post(reverse("account_email"), {"email": ADDRESS, "action_remove": ""})
    assert EmailAddress.objects.filter(user=boaz).count() == 1
    assert User.objects.get(pk=boaz.pk).email == ADDRESS


def test_who_was_dismissed_does_not_come_back_by_the_invitation_of_the_other(agency: Agency, alice: User) -> None:
    join(invited(agency, alice, "Boaz"), "Boaz", HIS)
    hers, boaz = invited(agency, alice, "Ruth Moab"), User.objects.get(email=ADDRESS)
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert operations.refusal_of(hers, boaz) is OtherPerson
        operations.remove_member(agency=agency, actor=alice, membership=Membership.objects.get(user=boaz))
        with pytest.raises(OtherPerson):
            operations.accept_invitation(agency=agency, actor=boaz, nonce=hers.nonce)
    join(hers, "Ruth Moab", HERS)
    his = invited(agency, alice, "Boaz")  # asked back by his own name
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert operations.refusal_of(his, boaz) is None
