"""Every view says who may use it. A view that says nothing fails the resolver walk in the tests (trust rule T5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Declaration:
    """Who may use a view: `kind` is public, signed_in, token, member, alliance or api; `verb` is the right it needs."""

    kind: str
    verb: str = ""


def declare(view: View, kind: str, verb: str = "") -> View:
    """Write the declaration onto the view, where the walk finds it."""
    view.access = Declaration(kind, verb)  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may ask; the view reads no scoped data."""
    return declare(view, "public")


def token(view: View) -> View:
    """Whoever holds the signed address may ask; the view checks the signature and takes its scope from it."""
    return declare(view, "token")
