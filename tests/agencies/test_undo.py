"""What a view wrote before it refused is gone (trust rule T1), on pages and in the API."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.agencies.undo_site")]


def traces(path: str) -> tuple[int, list[str | None]]:
    """The status of the answer, and what the view left."""
    answer = Client(raise_request_exception=False).get(path)
    return answer.status_code, list(User.objects.filter(name="Trace").values_list("email", flat=True))


@pytest.mark.parametrize("is_debug", [False, True])
@pytest.mark.parametrize("status", [404, 403, 400, 409, 500])
def test_a_page_that_writes_and_refuses_leaves_nothing(settings, status, is_debug):
    settings.DEBUG = is_debug
    assert traces(f"/undo/{status}/") == (status, [])


@pytest.mark.parametrize(("what", "status"), [("404", 404), ("403", 403), ("409", 409), ("500", 500), ("api-404", 404)])
def test_an_endpoint_that_writes_and_refuses_leaves_nothing(what, status):
    assert traces(f"/undo-api/{what}/") == (status, [])


@pytest.mark.parametrize("path", ["/undo/well/", "/undo-api/well/"])
def test_an_answer_keeps_what_was_written(path):
    assert traces(path) == (200, ["trace-well@example.org"])
