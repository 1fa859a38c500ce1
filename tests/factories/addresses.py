"""Every address of the product, from the resolver: what it is called, its parameters, its view and who may use it."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from core.access import Declaration

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Parameter:
    """One changing part of an address, with the fixed word before it: `partners/<int:pk>/` is (partners, int, pk)."""

    after: str
    converter: str
    name: str


@dataclass(frozen=True)
class Address:
    """One address of the product. `route` is as written: `a/<slug:agency>/units/<int:pk>/`."""

    route: str
    name: str
    view: Any

    def __str__(self) -> str:
        return self.route

    @property
    def access(self) -> Declaration | None:
        """Who may use it, as the view or the API's class says."""
        endpoint = getattr(self.view, "view_class", None) or getattr(self.view, "cls", None)
        if endpoint is not None and getattr(endpoint, "right", None):
            return Declaration("api", endpoint.right)
        return getattr(self.view, "access", None)

    @property
    def verbs(self) -> dict[str, str]:
        """The right that each HTTP method needs; "*" stands for all of them."""
        access = self.access
        if access is None or not access.verb:
            return {}
        verb: Any = access.verb  # the API's classes name one per method
        return dict(verb) if isinstance(verb, dict) else {"*": verb}

    @property
    def methods(self) -> tuple[str, ...]:
        """The HTTP methods that it takes, without HEAD and OPTIONS; GET and POST where nothing says which."""
        endpoint = getattr(self.view, "view_class", None) or getattr(self.view, "cls", None)
        if endpoint is not None:
            named = getattr(self.view, "actions", None) or [name for name in METHODS if hasattr(endpoint, name.lower())]
            return tuple(method for method in METHODS if method in {name.upper() for name in named})
        return tuple(method for method in METHODS if method in let_through(self.view))

    def parameters(self) -> list[Parameter]:
        """The changing parts in order."""
        found = []
        for match in PARAMETER.finditer(self.route):
            before = [word for word in PARAMETER.sub("", self.route[: match.start()]).split("/") if word]
            found.append(Parameter(before[-1] if before else "", match[1] or "str", match[2]))
        return found

    def path(self, values: dict[str, Any]) -> str:
        """The address with its parameters filled in, by name."""
        return "/" + PARAMETER.sub(lambda match: str(values[match[2]]), self.route)


def let_through(view: Any) -> set[str]:
    """The methods that Django's decorators of a view let through; GET and POST where there is none."""
    while view is not None:
        allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if allowed is not None:
            return set(allowed)
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}


def addresses(urlconf: str | None = None) -> list[Address]:
    """Every address that the resolver knows."""
    return list(walk(get_resolver(urlconf).url_patterns, ""))


def walk(patterns: list[Any], before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield Address(route, pattern.name or "", pattern.callback)
