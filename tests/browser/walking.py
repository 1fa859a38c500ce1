"""How the journeys walk: signing in as a person does, the second factor, the worker's part, a small agency at work."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction
from playwright.sync_api import Locator, Page

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from home.demo.small import AGENCIES, build_small
from jobs.due import due_work
from jobs.runner import run_job
from tests.cast import PASSWORD

Open = Callable[..., Page]
MOST_TABS = 150
STANDS_BEFORE_MAIN = """target => document.activeElement === document.body
    && location.hash === "" && Boolean(target.closest("main"))"""
"""Nothing has the focus yet, and the target is in the main part."""
STOPS_BEFORE = """target => {
    const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(each => each.tabIndex >= 0 && !each.disabled && each.type !== "radio" && each.checkVisibility());
    const passed = stops.filter(each => document.activeElement !== document.body && (each === document.activeElement
        || each.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));
    return Math.max(stops.indexOf(target) - passed.length - 1, 0);
}"""
"""How often one may press Tab without coming to the target, so that one need not look each time."""


def with_factor(user: User) -> User:
    """A person who has set up the second factor before."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, data={"secret": "test"})
    return user


def small_agency(**others: User) -> Agency:
    """Bright Coast Fellowship of the demo, committed: two units, twenty-five partners, a year and more of gifts.

    `others` have a role by its name; Ruth is the administrator. Leaders lead the first unit.
    """
    with transaction.atomic(), scope.fresh():
        agency = build_small(AGENCIES[0])
        ruth = with_factor(User.objects.get(email=AGENCIES[0].email))
        people.update_agency(agency=agency, actor=ruth, address="1 Ferry Road\nPort Alderney, WA 98694")
        for role, user in others.items():
            people.add_member(agency=agency, actor=ruth, user=user, roles=(Role(role),))
    return agency


def session_of(visit: Any, user: User) -> str:
    """The cookie of somebody who is signed in."""
    return str(visit(user).cookies["sessionid"].value)


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Type address and password at the door."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def press_with_password(page: Page, button: str | re.Pattern[str]) -> None:
    """Press a button for which the password is asked again; what was sent goes through afterwards."""
    page.get_by_role("button", name=button).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def six_figures(secret: str) -> str:
    """What an authenticator app shows now for this key."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def work_off(page: Page | None = None) -> None:
    """Do what a worker would do, each job in units of its own; then look at the page as it is now."""
    while due := due_work(100, "job"):
        for each in due:
            run_job(each.scope, each.id, has_heart=False)
    if page:
        page.reload()


def follow(page: Page, *links: str) -> None:
    """Press one link of the page after the other."""
    for name in links:
        page.get_by_role("main").get_by_role("link", name=name).first.click()


def amount_of(shown: str) -> Decimal:
    """An amount in dollars as it stands on a page."""
    return Decimal(re.sub(r"[$,\s]", "", shown))


def tab_to(page: Page, target: Locator) -> Locator:
    """Press Tab until the element has the focus; no pointer is used. On a page that was just opened the way into its
    main part is the link that skips what stands before it.
    """
    wanted = target.element_handle()
    if wanted.evaluate(STANDS_BEFORE_MAIN):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    for _ in range(wanted.evaluate(STOPS_BEFORE)):
        page.keyboard.press("Tab")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return target
    raise AssertionError(f"Tab never comes to {target}")
