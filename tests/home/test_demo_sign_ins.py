"""Who can sign in to the demo is printed where there is a demo."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from agencies.models import Agency
from agencies.operations import create_agency
from home import demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def development(settings: Any) -> None:
    settings.DEMO_SIGN_INS = True


def printed() -> str:
    out = StringIO()
    call_command("demo", "--sign-ins", stdout=out)
    return out.getvalue()


def test_nothing_where_there_is_none(agency: Agency) -> None:
    assert printed() == ""


def test_all_where_it_is_built(alice: User) -> None:
    create_agency(actor=alice, slug="summit-bridge", name="Summit Bridge Mission", is_demo=True)
    assert [line.split()[0] for line in printed().splitlines()[1:]] == [email for email, _role in demo.sign_ins()]


def test_both_member_agencies_of_the_alliance_can_sign_in() -> None:
    emails = [email for email, _role in demo.sign_ins()]
    assert [email for email in emails if email.startswith(("ruth@", "peter@", "noor@"))] == [
        "ruth@bright-coast.example",
        "peter@summit-bridge.example",
        "noor@river-outreach.example",
    ]
