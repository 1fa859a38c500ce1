"""Somebody's browser in the world: every request is undone, and forms carry the mark of the space in the address."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.db import transaction

from agencies.access import space_mark
from alliances.access import alliance_mark
from tests.cast import Visitor
from tests.factories.world import World

FORM = "application/x-www-form-urlencoded"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NEVER = ("/accounts/", "/static/")


class Browser:
    """A person who has just typed the password again; nobody, without a name."""

    def __init__(self, world: World, name: str = "") -> None:
        self.world, self.user = world, world.people.get(name)
        self.client = Visitor(raise_request_exception=False)
        if self.user:
            self.client.force_login(self.user, backend=BACKEND)
            session = self.client.session
            reauthenticate_by_password(cast("Any", SimpleNamespace(session=session, user=self.user)))
            session.save()

    def ask(
        self,
        method: str,
        path: str,
        form: dict[str, Any] | None = None,
        *,
        key: str = "",
        content: Any = None,
        mark: str | None = None,
    ) -> Any:
        """The answer, after which nothing has happened. A page gets a form, the API an object, or nothing."""
        body, kind = (urlencode(form or {}, doseq=True).encode(), FORM)
        if path.startswith("/api/"):
            body, kind = json.dumps(content or {}).encode(), "application/json"
        headers = {"X-Space": self.mark(path) if mark is None else mark, "Idempotency-Key": key}
        with transaction.atomic():
            answer: Any = self.client.generic(method, path, body, kind, headers=headers)
            answer.said = answer.getvalue().decode(errors="replace")
            transaction.set_rollback(True)
        answer.why = repr(answer.exc_info[1])[:200] if answer.status_code == 500 and answer.exc_info else ""
        return answer

    def mark(self, path: str) -> str:
        """The mark that this person's form would carry in the space of the address."""
        words, owner = path.removeprefix("/api").split("/"), self.user.pk if self.user else 0
        for chain in self.world.chains:
            if words[2:3] == [chain.slug]:
                if chain.scope.agency_id is not None:
                    return space_mark(chain.scope.agency_id, owner)
                return alliance_mark(chain.scope.alliance_id or 0, owner)
        return ""

    def crawl(self, starts: list[str], words: str = "", each: int = 2) -> Iterator[tuple[str, Any]]:
        """Every page that can be reached by links and by search forms filled with `words`, beginning here. Of pages of
        one shape (path without ids, query without values) the first `each` are opened.
        """
        waiting, seen, shapes = list(starts), set(starts), Counter[str]()
        while waiting:
            path = waiting.pop(0)
            shape = re.sub(r"\d+", "N", re.sub(r"=[^&]*", "", path))
            shapes[shape] += 1
            if shapes[shape] > each:
                continue
            answer = self.ask("GET", path)
            yield path, answer
            for link in links(path, answer, words):
                if link not in seen and not link.startswith(NEVER):
                    seen.add(link)
                    waiting.append(link)


def links(path: str, answer: Any, words: str) -> Iterator[str]:
    """Where an answer leads inside of the product."""
    if answer.status_code in (301, 302):
        yield from inside(path, answer["Location"])
    if "html" not in answer.get("Content-Type", "") or not answer.said.strip():
        return
    page = lxml.html.fromstring(answer.said)
    for found in page.xpath("//a/@href | //@hx-get"):
        yield from inside(path, str(found))
    for form in page.xpath("//form[not(@method) or @method='get']"):
        fields = {str(each.get("name")): words for each in form.xpath(".//input[@type='search' or @type='text']")}
        yield from inside(path, f"{(form.get('action') or path).partition('?')[0]}?{urlencode(fields)}")


def inside(path: str, link: str) -> Iterator[str]:
    """The address of a link that stays on this site."""
    parts = urlsplit(urljoin(f"http://testserver{path}", link))
    if parts.netloc == "testserver":
        yield parts.path + (f"?{parts.query}" if parts.query else "")
