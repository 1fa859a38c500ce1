"""What an agency takes away and whom it tells: the archive to its last byte, a webhook to what the program hears."""

import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies.models import Agency
from delivery import webhook_pump
from tests.browser.walking import press_with_password, work_off
from tests.delivery.listener import Listener, listening

Open = Callable[..., Page]


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    """A program on this machine, which may be reached."""
    settings.WEBHOOKS_REACH_OWN_NETWORK = True
    made = listening()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def opened(live_server: Any, agency: Agency, alice: User, visit: Any, open_page: Open) -> Callable[..., Page]:
    """`opened("archive")` is a page of the administrator."""

    def come(name: str, **how: Any) -> Page:
        session = visit(alice).cookies["sessionid"].value
        return open_page(reverse(name, args=[agency.slug]), session=session, **how)

    return come


def test_everything_leaves_as_one_archive(opened: Callable[..., Page], agency: Agency, tmp_path: Any) -> None:
    page = opened("archive")
    press_with_password(page, "Make an archive")
    expect(page.get_by_text("The archive is being made.")).to_be_visible()
    work_off(page)
    with page.expect_download() as coming:
        page.get_by_role("main").get_by_role("link", name="zip").click()
    coming.value.save_as(tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip") as archive:
        assert archive.testzip() is None
        assert "partners_partner.csv" in {name.rpartition("/")[2] for name in archive.namelist()}


def test_a_program_is_told(opened: Callable[..., Page], agency: Agency, listener: Listener) -> None:
    page = opened("webhooks", width=390, script=False)
    page.get_by_label("Program").fill("Accounting")
    page.get_by_label("Address").fill(listener.url)
    page.get_by_label("A gift was posted").check()
    press_with_password(page, "Add webhook")
    expect(page.get_by_text("Copy it now: it is shown this once.")).to_be_visible()
    page.get_by_role("link", name="Done: I have copied it").click()
    page.get_by_role("button", name="Send test").click()
    assert webhook_pump.tell_due() == 1
    page.reload()
    expect(page.get_by_role("cell", name="Delivered")).to_be_visible()
    assert [json.loads(body)["type"] for body in listener.bodies()] == ["webhook.test"]
