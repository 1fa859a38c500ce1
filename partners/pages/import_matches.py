"""What the page shows on which a person decides on the givers of a file: each beside the partner, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.seats import Seat
from imports.giving_tabs import giving_tabs
from imports.models import ImportRun
from imports.pages.runs import title_of
from partners.models import Address, EmailAddress, ImportMatch, Partner, Phone
from partners.operations.import_matches import TAKEN, Decision

PAGE = 20
OPEN = Q(choice="") | Q(chosen_by=None)
"""On whom nobody has decided yet; what is proposed was chosen by nobody."""
LONGEST_ID = 19


@dataclass(frozen=True)
class FieldShown:
    """One field of both, where the file says something else."""

    name: str
    label: str
    ours: str
    theirs: str
    may_take: bool
    taken: bool


@dataclass(frozen=True)
class MatchShown:
    """One giver with the partner who may be the same."""

    pk: int
    giver: str
    place: str
    reason: str
    partner: str
    partner_url: str
    choice: str
    choices: list[tuple[str, str]]
    is_known: bool
    fields: list[FieldShown]


def givers_page(seat: Seat, run: ImportRun, number: str | None) -> dict[str, Any]:
    """The page. Seven queries, however many givers."""
    found = ImportMatch.objects.filter(import_run=run, applied_at=None)
    page = Paginator(found.order_by("choice", "line", "pk"), PAGE).get_page(number)
    people = partners_of(seat, {match.partner_id for match in page})
    waiting = found.filter(choice="").count()
    counts = dict(found.filter(OPEN).values_list("reason").annotate(count=Count("pk")).order_by("reason"))
    return {
        "run": run,
        "title": _("Givers who may be there already"),
        "import_title": title_of(run),
        "tabs": giving_tabs(seat, "imports"),
        "page": page,
        "waiting": waiting_in_words(seat, waiting) if waiting else "",
        "matches": [shown(seat, match, people.get(match.partner_id)) for match in page],
        "kinds": [
            (reason, label, format_decimal(counts[reason], locale=seat.agency.locale), choices_of(reason))
            for reason, label in ImportMatch.Reason.choices
            if counts.get(reason)
        ],
        "may_decide": run.state == ImportRun.State.CHECKED,
    }


def waiting_in_words(seat: Seat, number: int) -> str:
    """How many givers nobody has answered for."""
    count = format_decimal(number, locale=seat.agency.locale)
    words = ngettext("%(count)s giver waits for your answer.", "%(count)s givers wait for your answer.", number)
    return words % {"count": count}


def partners_of(seat: Seat, ids: set[int]) -> dict[int, Partner]:
    """The partners whom the seat may see, with their ways to be reached. Four queries."""
    holding = {"not_valid_since": None}
    found = Partner.objects.seen_by(seat).filter(pk__in=ids)
    ways = [
        Prefetch(name, queryset=model.objects.filter(**holding).order_by("pk"))
        for name, model in (("emails", EmailAddress), ("phones", Phone), ("addresses", Address))
    ]
    return {partner.pk: partner for partner in found.prefetch_related(*ways)}


def shown(seat: Seat, match: ImportMatch, partner: Partner | None) -> MatchShown:
    """A match in words; the partner is not named to who may not see them."""
    return MatchShown(
        pk=match.pk,
        giver=match.told.get("name", match.number),
        place=_("Line %(line)s, number %(number)s") % {"line": match.line, "number": match.number},
        reason=str(ImportMatch.Reason(match.reason).label),
        partner=partner.name if partner else _("a partner whom you may not see"),
        partner_url=reverse("partner", args=[seat.agency.slug, partner.pk]) if partner else "",
        choice=match.choice,
        choices=choices_of(match.reason),
        is_known=match.reason == ImportMatch.Reason.NUMBER,
        fields=fields_of(match, partner) if partner else [],
    )


def choices_of(reason: str) -> list[tuple[str, str]]:
    """What can be done: whose number is known is not added again."""
    if reason == ImportMatch.Reason.NUMBER:
        return [
            (ImportMatch.Choice.UPDATE.value, _("update: take what is marked")),
            (ImportMatch.Choice.SKIP.value, _("leave the record as it is")),
        ]
    return [(value, str(words)) for value, words in ImportMatch.Choice.choices]


def fields_of(match: ImportMatch, partner: Partner) -> list[FieldShown]:
    """Where the file says something else than the record."""
    labels = {
        "name": _("Name"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "address": _("Address"),
        "church": _("Church"),
        "greeting": _("Greeting"),
        "note": _("Note"),
    }
    ours = ours_of(partner)
    return [
        FieldShown(name, label, ours[name], match.told[name], name in TAKEN, name in match.fields)
        for name, label in labels.items()
        if match.told.get(name) and match.told[name].casefold() not in ours[name].casefold().split("\n")
    ]


def ours_of(partner: Partner) -> dict[str, str]:
    """What the record says now, several ways to be reached line by line."""
    addresses = partner.addresses.all()
    return {
        "name": partner.name,
        "email": "\n".join(each.email for each in partner.emails.all()),
        "phone": "\n".join(each.number for each in partner.phones.all()),
        "address": "\n".join(
            ", ".join(filter(None, (*each.lines.splitlines(), each.postal_code, each.city, each.region, each.country)))
            for each in addresses
        ),
        "church": partner.church,
        "greeting": partner.greeting,
        "note": partner.note,
    }


def decisions_sent(sent: Mapping[str, str]) -> tuple[dict[int, Decision], dict[str, str]]:
    """What the form says: for each giver, and for all of a kind."""
    decisions: dict[int, Decision] = {}
    for name, choice in sent.items():
        number = name.removeprefix("do-")
        if name.startswith("do-") and number.isascii() and number.isdigit() and len(number) < LONGEST_ID:
            taken = tuple(field for field in TAKEN if sent.get(f"take-{number}-{field}"))
            decisions[int(number)] = Decision(choice, taken if choice == ImportMatch.Choice.UPDATE else ())
    kinds = {name.removeprefix("all-"): choice for name, choice in sent.items() if name.startswith("all-") and choice}
    undecided = {pk for pk, decision in decisions.items() if not decision.choice}
    return {pk: decision for pk, decision in decisions.items() if pk not in undecided or not kinds}, kinds
