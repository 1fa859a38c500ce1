"""A page through the whole request, split into its SQL, its template and the rest."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from benchmarks.world import Place


@dataclass
class Clock:
    """Seconds of the request under way: in statements, in the template, and statements within the template."""

    sql: float = 0.0
    template: float = 0.0
    rendering: bool = False
    statements: list[tuple[str, Any]] = field(default_factory=list)

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """An execute wrapper."""
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken = time.perf_counter() - begun
            self.sql += taken
            self.template -= taken if self.rendering else 0
            self.statements.append((sql, params))


clock = Clock()


class RenderClock:
    """The outermost middleware: its turn comes last before Django renders a template response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        begun, clock.rendering = time.perf_counter(), True

        def rendered(_: object) -> None:
            clock.template += time.perf_counter() - begun
            clock.rendering = False

        response.add_post_render_callback(rendered)
        return response


@dataclass(frozen=True)
class Split:
    """Medians in milliseconds of one page."""

    whole: float
    sql: float
    template: float
    statements: int

    @property
    def rest(self) -> float:
        """View, middleware, session, rows in words."""
        return self.whole - self.sql - self.template

    def in_words(self) -> str:
        return (
            f"SQL {self.sql:.1f}, template {self.template:.1f}, rest {self.rest:.1f} ms; {self.statements} statements"
        )


class Visit:
    """A signed-in browser that opens one page again and again."""

    def __init__(self, place: Place, name: str) -> None:
        self.client = Client()
        self.client.force_login(place.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.path = reverse(name, args=[place.agency.slug])
        self.times: list[tuple[float, float, float]] = []

    def __call__(self) -> None:
        """One request; what it took is kept."""
        clock.__init__()  # type: ignore[misc]
        begun = time.perf_counter()
        with connection.execute_wrapper(clock.statement):
            answer = self.client.get(self.path)
        whole = time.perf_counter() - begun
        assert answer.status_code == 200, f"{self.path} answers {answer.status_code}"
        self.times.append((whole * 1000, clock.sql * 1000, clock.template * 1000))

    def statements(self) -> list[tuple[str, Any]]:
        """What the last request asked of PostgreSQL, the scope aside."""
        return [(sql, params) for sql, params in clock.statements if "set_config" not in sql and sql[:6] == "SELECT"]

    def split(self) -> Split:
        """The medians of all requests but the first, which warms."""
        whole, sql, template = (median(column) for column in zip(*self.times[1:] or self.times, strict=True))
        return Split(whole, sql, template, len(clock.statements))
