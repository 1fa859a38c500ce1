"""`./dev manage create_agency`: the beginning of a real installation."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from agencies import scope
from agencies.lookups import agency_by_slug, memberships_of
from agencies.models import Agency, Membership

ARGUMENTS = {"slug": "harbor", "name": "Harbor Light", "email": "Ann@Example.org", "admin_name": "Ann"}


def create(**changes: str) -> str:
    """Run the command and return what it prints."""
    out = StringIO()
    call_command("create_agency", stdout=out, **{**ARGUMENTS, **changes})
    return out.getvalue()


def test_printed_link_makes_the_first_administrator(db: None) -> None:
    printed = create(currency="kwd", time_zone="Asia/Kuwait", country="kw").split()
    link = next(word for word in printed if "/invitations/" in word)
    assert [link in message.body for message in mail.outbox] == [True]
    path = "/" + link.split("/", 3)[3]
    assert Client().post(path, {"name": "Ann", "password": "seventeen quiet herons"}).status_code == 302
    ann = User.objects.get(email="ann@example.org")
    place = memberships_of(ann.pk)[0]
    with scope.of_agency(place.agency_id):
        agency = Agency.objects.get()
        grants = Membership.objects.get(pk=place.membership_id).grants.values_list("role", flat=True)
        assert list(grants) == ["administrator"]
    assert (agency.base_currency, agency.time_zone, agency.country) == ("KWD", "Asia/Kuwait", "KW")


@pytest.mark.parametrize(
    "wrong", [{"slug": "Not Good"}, {"email": "nobody"}, {"currency": "XXX"}, {"time_zone": "Mars"}, {"country": "ZZ"}]
)
def test_wrong_value_makes_nothing(db: None, wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        create(**wrong)
    assert agency_by_slug("harbor") is None
    assert mail.outbox == []


def test_second_agency_of_the_same_address_is_refused(db: None) -> None:
    create()
    with pytest.raises(CommandError, match="This address is taken"):
        create()
    assert len(mail.outbox) == 1
