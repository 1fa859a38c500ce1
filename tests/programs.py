"""A program that speaks to the API as one person, signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies.models import Agency
from tests.cast import Visitor

Answer = tuple[int, Any]
"""Status and body; None for no body."""


class Program:
    """What one person's program asks of the workspace; addresses are those below `/api/a/<agency>/`."""

    def __init__(self, browser: Visitor, slug: str) -> None:
        self.browser, self.root = browser, f"/api/a/{slug}/"

    def get(self, path: str, **query: Any) -> Any:
        """The body of an answer that must be 200."""
        answer = self.browser.get(self.root + path, query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def status(self, path: str) -> int:
        """The status of reading an address."""
        answer = self.browser.get(self.root + path)
        answer.getvalue()  # a file is closed once it was read
        return int(answer.status_code)

    def send(self, path: str, *, method: str = "post", key: str = "", **body: Any) -> Answer:
        """Send an object."""
        headers = {"Idempotency-Key": key} if key else {}
        act = getattr(self.browser, method)
        return told(act(self.root + path, body, content_type="application/json", headers=headers))

    def patch(self, path: str, **body: Any) -> Answer:
        """Change what is named."""
        return self.send(path, method="patch", **body)

    def upload(self, path: str, key: str = "", **parts: Any) -> Answer:
        """Send a file."""
        headers = {"Idempotency-Key": key} if key else {}
        return told(self.browser.post(self.root + path, parts, headers=headers))

    def refused(self, path: str, *, method: str = "post", **body: Any) -> tuple[int, str, str | None]:
        """Status, code and field of a refusal; its sentence is for people and ends like one."""
        status, said = self.send(path, method=method, **body)
        assert said["detail"].endswith((".", "?", "”")), said
        return status, said["code"], said.get("field")

    def queries(self, path: str) -> int:
        """How many queries reading an address takes."""
        with CaptureQueriesContext(connection) as captured:
            self.get(path)
        return len(captured)


def told(answer: Any) -> Answer:
    """Status and body of an answer."""
    return answer.status_code, answer.json() if answer.content else None


@pytest.fixture
def program(visit: Callable[[User], Visitor], agency: Agency) -> Callable[[User], Program]:
    """`program(alice)` speaks to Alice's agency as Alice; `program(mallory)` as somebody from elsewhere."""
    return lambda user: Program(visit(user), agency.slug)
