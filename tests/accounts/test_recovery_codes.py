"""The page of the recovery codes, which is the last one of setting up the second factor."""

from types import SimpleNamespace
from typing import Any, cast

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from accounts.models import User


def test_it_leads_on_to_the_workspaces(alice: User, visit: Any) -> None:
    RecoveryCodes.activate(alice)
    browser = visit(alice)
    session = browser.session
    reauthenticate_by_password(cast("Any", SimpleNamespace(session=session, user=alice)))
    session.save()
    page = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert f'<a class="btn btn-primary" href="{reverse("spaces")}">Go on to your workspaces</a>' in page
