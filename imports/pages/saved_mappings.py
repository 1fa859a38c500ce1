"""What the pages of saved mappings show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import AuditEntry
from agencies.seats import Seat
from imports.forms.saved_mappings import SavedRulesForm
from imports.giving_tabs import giving_tabs
from imports.kinds import domain
from imports.mapping.checking import order_words
from imports.mapping.rules import OUT, SUSPENSE, Meant, Rules, rules_of
from imports.mapping.targets import Target
from imports.models import ImportRun, SavedMapping
from imports.operations.saved_mappings import SAVED, target_named
from imports.pages.runs import Fact, number_in_words, shown_file_name


@dataclass(frozen=True)
class MappingRow:
    """A row of the list."""

    pk: int
    name: str
    kind: str
    columns: str
    values: str
    made: str
    changed: str
    used: str


USED = 20
"""So many imports that took a mapping are named, the newest."""


def with_use(found: QuerySet[SavedMapping]) -> QuerySet[SavedMapping]:
    """The mappings with `used`, how many imports were read by each, and `made_by`, the id of who saved it first."""
    used = ImportRun.objects.filter(saved_mapping=OuterRef("pk")).order_by().values("saved_mapping")
    made = AuditEntry.objects.filter(kind="imports.savedmapping", verb=SAVED, object_id=OuterRef("pk")).order_by("pk")
    counted: QuerySet[SavedMapping] = found.annotate(
        used=Coalesce(Subquery(used.annotate(count=Count("pk")).values("count")), 0),
        made_by=Subquery(made.values("actor")[:1]),
    )
    return counted


def people(page: Iterable[Any]) -> dict[int, User]:
    """Who made the mappings of a page, by id. One query."""
    return User.objects.in_bulk({each.made_by for each in page if each.made_by})


def list_page(seat: Seat, page: Page[SavedMapping]) -> dict[str, Any]:
    """The list. One query beside the page's own, for who made them."""
    makers = people(page)
    rows = [row_of(seat, saved, rules, makers) for saved in page if (rules := rules_of(saved.rules))]
    return {
        "title": _("Saved mappings"),
        "page": page,
        "rows": rows,
        "tabs": giving_tabs(seat, "imports"),
    }


def by_whom(seat: Seat, day: datetime, who: User | None) -> str:
    """A day and a name."""
    said = {"day": day_in_words(seat.agency, day), "by": seat.name_of(who, _("the command line"))}
    return _("%(day)s, %(by)s") % said


def row_of(seat: Seat, saved: Any, rules: Rules, makers: Mapping[int, User]) -> MappingRow:
    """One mapping in words."""
    target = target_named(rules.kind)
    return MappingRow(
        pk=saved.pk,
        name=saved.name,
        kind=str(target.label) if target else "",
        columns=number_in_words(seat.agency, len(rules.columns)),
        values=number_in_words(seat.agency, sum(map(len, rules.values.values()))),
        made=by_whom(seat, saved.created_at, makers.get(saved.made_by)),
        changed=by_whom(seat, saved.changed_at, saved.changed_by),
        used=number_in_words(seat.agency, saved.used),
    )


def mapping_page(seat: Seat, saved: Any, form: SavedRulesForm | None) -> dict[str, Any]:
    """What a mapping says, who made it, and which imports took it. Four queries at most."""
    rules = rules_of(saved.rules) or Rules("")
    target = target_named(rules.kind)
    newest = ImportRun.objects.filter(saved_mapping=saved).select_related("uploaded_by").order_by("-uploaded_at", "-pk")
    return {
        "made": by_whom(seat, saved.created_at, people([saved]).get(saved.made_by)),
        "changed": by_whom(seat, saved.changed_at, saved.changed_by),
        "used": used_words(seat, saved.used),
        "imports": [(run.pk, shown_file_name(seat, run), run.get_state_display()) for run in newest[:USED]],
        "target": target,
        "edit": form,
        "edit_columns": [(form[f"c-{place}"], each.name) for place, each in enumerate(form.columns)] if form else [],
        "edit_once": [form[f"f-{fact.name}"] for fact in target.facts if fact.once] if form and target else [],
        "edit_values": [
            (form[f"v-{place}"], label_of(target, fact), text, in_words(rules.values[fact][text]))
            for place, (fact, text) in enumerate(form.values)
        ]
        if form
        else [],
        "saved": saved,
        "title": saved.name,
        "tabs": giving_tabs(seat, "imports"),
        "facts": facts_of(seat, rules, target),
    }


def used_words(seat: Seat, count: int) -> str:
    """How many imports were read by a mapping."""
    words = ngettext("%(count)s import was read by it.", "%(count)s imports were read by it.", count)
    return words % {"count": number_in_words(seat.agency, count)}


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
