"""The way out of mailings (RFC 8058; test 15 of the trust rules)."""

from typing import Any

import pytest
from django.test import Client

from agencies import scope
from agencies.models import Agency, AuditEntry
from delivery.models import Suppression
from delivery.signals import unsubscribed
from delivery.unsubscribe import headers, link


@pytest.fixture
def path(agency: Agency) -> str:
    return link(agency.pk, "Grace@example.org", "letter", "partner:7").removeprefix("http://localhost:8000")


@pytest.fixture
def heard() -> Any:
    """What the apps above are told."""
    told: list[tuple[Any, ...]] = []

    def listen(sender: Any, address_hash: str, purpose: str, reference: str, **kwargs: Any) -> None:
        told.append((scope.current().agency_id, purpose, reference))

    unsubscribed.connect(listen)
    yield told
    unsubscribed.disconnect(listen)


def closed(agency: Agency) -> list[tuple[str, str]]:
    with scope.of_agency(agency.pk):
        return list(Suppression.objects.values_list("purpose", "reason"))


def test_get_asks_and_changes_nothing(agency: Agency, path: str, heard: Any) -> None:
    page = Client().get(path)
    assert (page.status_code, page.cookies) == (200, {})
    assert b"Harbor Light" in page.content
    assert (closed(agency), heard) == ([], [])


def test_post_without_cookies_closes_the_address_once_and_tells_each_click(
    agency: Agency, path: str, heard: Any
) -> None:
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        page = program.post(path, {"List-Unsubscribe": "One-Click"})
        assert (page.status_code, page.cookies) == (200, {})
    assert closed(agency) == [("letter", "unsubscribed")]
    assert heard == [(agency.pk, "letter", "partner:7")] * 2
    with scope.of_agency(agency.pk):
        assert AuditEntry.objects.filter(verb="suppress address").count() == 1


def test_changed_link_is_nobodys(agency: Agency, path: str) -> None:
    assert Client().post(path[:-2] + "x/").status_code == 404
    assert closed(agency) == []


def test_link_of_an_agency_that_is_gone_is_404(db: None) -> None:
    gone = link(987654321, "grace@example.org", "letter").removeprefix("http://localhost:8000")
    assert Client().post(gone).status_code == 404


def test_headers_hold_no_address(agency: Agency) -> None:
    made = headers(agency.pk, "grace@example.org", "letter")
    assert list(made) == ["List-Unsubscribe", "List-Unsubscribe-Post"]
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert made["List-Unsubscribe"].startswith("<http://localhost:8000/p/unsubscribe/")
    assert "grace" not in made["List-Unsubscribe"]
