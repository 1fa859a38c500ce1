"""What the pages of saved mappings show."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from imports.giving_tabs import giving_tabs
from imports.kinds import domain
from imports.mapping.checking import order_words
from imports.mapping.rules import OUT, SUSPENSE, Meant, Rules, rules_of
from imports.mapping.targets import Target
from imports.models import SavedMapping
from imports.operations.mapping import target_named
from imports.pages.runs import Fact, number_in_words


@dataclass(frozen=True)
class MappingRow:
    """A row of the list."""

    pk: int
    name: str
    kind: str
    columns: str
    values: str
    changed: str


def list_page(seat: Seat, page: Page[SavedMapping]) -> dict[str, Any]:
    """The list. No query beside the page's own."""
    rows = [row_of(seat, saved, rules) for saved in page if (rules := rules_of(saved.rules))]
    return {
        "title": _("Saved mappings"),
        "page": page,
        "rows": rows,
        "tabs": giving_tabs(seat, "imports"),
    }


def row_of(seat: Seat, saved: SavedMapping, rules: Rules) -> MappingRow:
    """One mapping in words."""
    target = target_named(rules.kind)
    return MappingRow(
        pk=saved.pk,
        name=saved.name,
        kind=str(target.label) if target else "",
        columns=number_in_words(seat.agency, len(rules.columns)),
        values=number_in_words(seat.agency, sum(map(len, rules.values.values()))),
        changed=_("%(day)s, %(by)s")
        % {
            "day": day_in_words(seat.agency, saved.changed_at),
            "by": seat.name_of(saved.changed_by, _("the command line")),
        },
    )


def mapping_page(seat: Seat, saved: SavedMapping) -> dict[str, Any]:
    """What a mapping says. One query at most, for the deposit accounts."""
    rules = rules_of(saved.rules) or Rules("")
    target = target_named(rules.kind)
    return {
        "saved": saved,
        "title": saved.name,
        "tabs": giving_tabs(seat, "imports"),
        "facts": facts_of(seat, rules, target),
        "columns": [(column, label_of(target, fact)) for fact, column in rules.columns.items()],
        "fixed": [(label_of(target, fact), text) for fact, text in rules.fixed.items()],
        "values": [
            (label_of(target, fact), text, in_words(meant))
            for fact, said in rules.values.items()
            for text, meant in sorted(said.items())
        ],
    }


def facts_of(seat: Seat, rules: Rules, target: Target | None) -> list[Fact]:
    """How files of this kind are read."""
    deposits = dict(domain().deposits(agency=seat.agency)) if rules.deposit else {}
    told = (
        (_("What the file is"), str(target.label) if target else ""),
        (_("Days are written"), order_words(rules.order) if rules.order else ""),
        (_("Sign before the decimals"), rules.mark),
        (_("The money comes to"), deposits.get(rules.deposit or 0, "")),
    )
    return [Fact(label, value) for label, value in told if value]


def label_of(target: Target | None, name: str) -> str:
    """What people call a fact."""
    fact = target.fact(name) if target else None
    return str(fact.label) if fact else name


def in_words(meant: Meant) -> str:
    """What a value is."""
    if meant.what == SUSPENSE:
        return _("waits in suspense")
    return _("left out: %(reason)s") % {"reason": meant.text} if meant.what == OUT else meant.text
