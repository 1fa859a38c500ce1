"""The values of a file that nobody knows yet, each with its count and what it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from agencies.seats import Seat
from imports.giving_tabs import giving_tabs
from imports.kinds import domain
from imports.mapping.rules import OURS, OUT, SUSPENSE, Meant, rules_of
from imports.mapping.targets import Target
from imports.models import ImportRun
from imports.operations.check import may_be_judged
from imports.operations.saved_mappings import target_named
from imports.pages.runs import job_panel, number_in_words, title_of

PAGE = 50
NAMES = ("k", "v", "do", "to")
"""What the names of the controls of one value begin with: its fact, its text, what becomes of it, ours or why."""


@dataclass(frozen=True)
class ValueRow:
    """One value with its controls."""

    place: int
    fact: str
    label: str
    text: str
    count: str
    what: str
    to: str
    choices: list[tuple[str, str]]
    list_id: str


def values_page(seat: Seat, run: ImportRun, number: str | None, sent: Mapping[str, str]) -> dict[str, Any]:
    """The page; `sent` is what was sent and could not be saved. One query for the designations."""
    agency, rules = seat.agency, rules_of(run.mapping)
    target = target_named(rules.kind) if rules else None
    page = Paginator(run.outcome.get("values", []) if target else [], PAGE).get_page(number)
    meant = {
        (value["fact"], value["text"]): rules.meant(value["fact"], value["text"]) if rules else None for value in page
    }
    typed = values_sent(run, sent)
    rows = [
        row_of(seat, target, place, value, typed.get(key, meant[key]))
        for place, value in enumerate(page)
        if target is not None and (key := (value["fact"], value["text"])) in meant
    ]
    facts = {row.fact for row in rows}
    return {
        "run": run,
        "title": _("Map values"),
        "import_title": title_of(run),
        "tabs": giving_tabs(seat, "imports"),
        "page": page,
        "rows": rows,
        "lists": {f"ours-{fact}": domain().our_values(seat=seat, kind=target.name, fact=fact) for fact in sorted(facts)}
        if target
        else {},
        "unknown": number_in_words(agency, sum(not value["mapped"] for value in run.outcome.get("values", []))),
        "saved_here": run.saved_mapping,
        "may_map": may_be_judged(run) and run.state != ImportRun.State.UPLOADED,
        "job": job_panel(agency, run),
    }


def row_of(seat: Seat, target: Target, place: int, value: Mapping[str, Any], meant: Meant | None) -> ValueRow:
    """One value in words."""
    fact = target.fact(value["fact"])
    return ValueRow(
        place=place,
        fact=value["fact"],
        label=str(fact.label) if fact else value["fact"],
        text=value["text"],
        count=number_in_words(seat.agency, value["count"]),
        what=meant.what if meant else "",
        to=meant.text if meant else "",
        choices=choices_for(target, value["fact"]),
        list_id=f"ours-{value['fact']}",
    )


def choices_for(target: Target, fact: str) -> list[tuple[str, str]]:
    """What may become of a value."""
    suspense = [(SUSPENSE, _("Waits in suspense"))] if fact == "designation" and target.name == "gifts" else []
    return [("", _("Not said")), (OURS, _("Is our …")), *suspense, (OUT, _("Leave its rows out, because …"))]


def values_sent(run: ImportRun, sent: Mapping[str, str]) -> dict[tuple[str, str], Meant | None]:
    """What a form of the page says: its controls are called k-, v-, do- and to-<place>."""
    rules = rules_of(run.mapping)
    places = [name.removeprefix("do-") for name in sent if name.startswith("do-")]
    found: dict[tuple[str, str], Meant | None] = {}
    for place in places:
        fact, text, what, to = (str(sent.get(f"{name}-{place}", "")) for name in NAMES)
        if fact and text:
            found[fact, text] = meant_by(what, to, rules.meant(fact, text) if rules else None)
    return found


def meant_by(what: str, to: str, before: Meant | None) -> Meant | None:
    """What a person says of a value. New words without a choice beside them name one of ours: they are not dropped."""
    if what:
        return Meant(what, to)
    is_new = to.strip() and not (before and before.text == to)
    return Meant(OURS, to) if is_new else None


def values_words(seat: Seat, run: ImportRun) -> str:
    """The words on the way to the page; "" where every value is known."""
    unknown = sum(not value["mapped"] for value in run.outcome.get("values", []))
    mapped = len(run.outcome.get("values", [])) - unknown
    if unknown:
        return _("Map %(count)s unknown values") % {"count": number_in_words(seat.agency, unknown)}
    return _("Look at %(count)s mapped values") % {"count": number_in_words(seat.agency, mapped)} if mapped else ""
