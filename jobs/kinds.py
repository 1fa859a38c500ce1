"""The register of what can be done in the background: apps above add their handlers from their `tasks` modules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# What it is called with is a `jobs.running.Running`, which stands above this register.
MayHave = Callable[[Any, dict[str, Any]], bool]
Titles = Callable[[Any, list[dict[str, Any]]], list[str]]
Handler = Callable[[Any], dict[str, Any] | None]


class UnknownKind(LookupError):
    """Nobody registered a handler for this kind."""


@dataclass(frozen=True)
class Kind:
    """A handler, and the right that a person must hold, even who started the job, to see its page and its files."""

    name: str
    handler: Handler
    right: str = ""
    may_have_files: MayHave | None = None
    titles: Titles | None = None
    own: bool = False


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    right: str = "",
    may_have_files: MayHave | None = None,
    titles: Titles | None = None,
    own: bool = False,
) -> Callable[[Handler], Handler]:
    """Register `handler(job: Running)` for the jobs of a kind, such as "imports.apply".

    The handler must be re-runnable: a worker may die at any line, and another one then begins it anew (three times at
    most). It does its work in `job.unit()` blocks, whole steps that commit or vanish. What it returns, a dict or
    None, is kept as `job.result`. `right` names the verb of the one table without which nobody, the starter included,
    sees the job's page and files. `may_have_files(seat, arguments)` is asked at each download and on the page: what was
    fit to be read when it was made may not be so any more. For the same reason a job's own title names nothing guarded;
    `titles(seat, list of arguments)` says at each reading what this seat calls these jobs, in one query. `own` jobs are
    seen by who started them alone: what was asked, and how much was found, would answer others what they may not ask.
    """

    def decorate(handler: Handler) -> Handler:
        _kinds[name] = Kind(name, handler, right, may_have_files, titles, own)
        return handler

    return decorate


def kind_named(name: str) -> Kind:
    """The registered kind, or UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def may_have_files(name: str, seat: Any, arguments: dict[str, Any]) -> bool:
    """Whether the kind lets this seat have the files of a job, now."""
    kind = _kinds.get(name)
    return kind is None or kind.may_have_files is None or kind.may_have_files(seat, arguments)


def titles_by(name: str) -> Titles | None:
    """Who says how the jobs of a kind are called, None where it is as they were written down."""
    kind = _kinds.get(name)
    return kind.titles if kind is not None else None


def kinds_without(may: Callable[[str], bool]) -> list[str]:
    """The kinds whose own right a person has not got."""
    return [kind.name for kind in _kinds.values() if kind.right and not may(kind.right)]


def own_kinds() -> list[str]:
    """The kinds of jobs that only who started one sees."""
    return [kind.name for kind in _kinds.values() if kind.own]
