"""Old and new beside each other, and who signed, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from babel.dates import format_skeleton
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words, time_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.export import Cell
from core.money import Money
from funds.models import Designation
from funds.models.discretion import shown_designation_name
from partners.models import GoLiveSignature, ReviewItem
from partners.models.go_live import ComparedKind
from partners.operations.go_live import PEOPLE, why_it_stays
from partners.queries.go_live import Comparison, Line, compared, resting_on, signatures

SHOWN: Final = 200
"""Differences on one page; the file holds all lines."""


@dataclass(frozen=True)
class LineRow:
    """One line of the comparison. `raw` is what the form of its note sends back."""

    name: str
    month: str
    old: str
    new: str
    difference: str
    note: str
    raw: dict[str, Any]


@dataclass(frozen=True)
class SignatureRow:
    """Who signed what, when, and whether it counts."""

    who: str
    when: str
    live_on: str
    figures: str
    state: str
    tone: str
    withdraw_url: str


def go_live_page(seat: Seat, live_on: date) -> dict[str, Any]:
    """Everything that the page shows. Thirteen queries at most, however much is compared."""
    now = compared(live_on)
    digest, agency = now.digest(), seat.agency
    names = names_of(seat)
    there = signatures()
    mine = any(each.by_id == seat.user_id and stands(each, live_on, digest) for each in there)
    differing = now.differing if now.has_table else []
    rests = resting_on(agency.live_on) if agency.live_on else None
    return {
        "on": live_on,
        "day": day_in_words(agency, live_on),
        "in_force": day_in_words(agency, agency.live_on) if agency.live_on else "",
        "why_it_stays": why_it_stays(rests) if rests else "",
        "digest": digest,
        "short": digest[:12],
        "rows": [line_row(agency, line, names) for line in differing[:SHOWN]],
        "hidden": max(0, len(differing) - SHOWN),
        "differing": len(differing),
        "has_table": now.has_table,
        "equal": len(now.lines) - len(differing),
        "unexplained": now.unexplained,
        "needs_table": now.has_history and not now.has_table,
        "has_history": now.has_history,
        "sums": sums(agency, now),
        "left": left_rows(agency, now),
        "signatures": [signature_row(seat, each, live_on, digest) for each in there],
        "signed_by_me": mine,
        "may_sign": agency.live_on is None
        and not mine
        and not now.unexplained
        and (now.has_table or not now.has_history),
        "people": PEOPLE,
    }


def stands(signature: GoLiveSignature, live_on: date, digest: str) -> bool:
    """Whether a signature is under the figures and the date as they are now."""
    return (signature.live_on, signature.digest) == (live_on, digest)


def names_of(seat: Seat) -> dict[str, str]:
    """What the seat calls the designations, by code. One query."""
    named = Designation.objects.annotate(shown=shown_designation_name(seat))
    return dict(named.values_list("code", "shown"))


def line_row(agency: Agency, line: Line, names: dict[str, str]) -> LineRow:
    """One line in words."""
    kind, code, month, currency = line.key
    return LineRow(
        name=name_of(code, names),
        month=month_in_words(agency, month) if kind == ComparedKind.GIFTS else capfirst(_("opening balance")),
        old=figure(agency, line.old, currency) if line.old else _("nothing"),
        new=figure(agency, line.new, currency),
        difference=figure(agency, (line.difference, line.gifts or None), currency),
        note=line.note,
        raw={"kind": kind, "code": code, "month": month, "currency": currency, "difference": line.difference},
    )


def name_of(code: str, names: dict[str, str]) -> str:
    """The designation; of one that is not here its code."""
    if not code:
        return _("In suspense")
    return f"{code} {names[code]}" if code in names else _("%(code)s (not here)") % {"code": code}


def month_in_words(agency: Agency, month: str) -> str:
    day = date(int(month[:4]), int(month[5:]), 1)
    return str(format_skeleton("yMMM", day, locale=agency.locale))


def figure(agency: Agency, value: tuple[int, int | None], currency: str) -> str:
    """An amount, and how many gifts it is made of."""
    minor, count = value
    amount = Money(minor, currency).format(agency.locale)
    if count is None:
        return amount
    counted = ngettext("%(count)s gift", "%(count)s gifts", count) % {"count": count}
    return f"{amount}, {counted}"


def sums(agency: Agency, now: Comparison) -> list[dict[str, str]]:
    """Old, new and difference of each kind and currency; what the old system never told is no zero."""
    found: dict[tuple[str, str], list[int]] = {}
    for line in now.lines:
        sides = found.setdefault((line.key[0], line.key[3]), [0, 0])
        sides[0] += line.old[0] if line.old else 0
        sides[1] += line.new[0]
    return [
        {
            "what": capfirst(str(ComparedKind(kind).label)),
            "currency": currency,
            "old": Money(old, currency).format(agency.locale) if now.has_table else "–",
            "new": Money(new, currency).format(agency.locale),
            "difference": Money(new - old, currency).format(agency.locale) if now.has_table else "–",
        }
        for (kind, currency), (old, new) in sorted(found.items())
    ]


def left_rows(agency: Agency, now: Comparison) -> list[tuple[str, str]]:
    """What imports left behind and what waits, as far as there is any, and where somebody sees to it."""
    left = now.left
    imports, reviews = (reverse(name, args=[agency.slug]) for name in ("imports", "reviews"))
    seen_to = {
        "kept_out": imports,
        "not_applied": imports,
        "suspense": f"{reviews}?reason={ReviewItem.Reason.UNKNOWN_DESIGNATION}",
        "unidentified": f"{reviews}?reason={ReviewItem.Reason.UNIDENTIFIED_DONOR}",
    }
    words = {
        "kept_out": ngettext(
            "%(number)s row of a file that was brought in is kept out",
            "%(number)s rows of files that were brought in are kept out",
            left["kept_out"],
        ),
        "not_applied": ngettext(
            "%(number)s file was uploaded and not brought in",
            "%(number)s files were uploaded and not brought in",
            left["not_applied"],
        ),
        "suspense": ngettext(
            "%(number)s line waits in suspense for its designation",
            "%(number)s lines wait in suspense for their designation",
            left["suspense"],
        ),
        "unidentified": ngettext(
            "%(number)s line waits for its giver", "%(number)s lines wait for their giver", left["unidentified"]
        ),
    }
    return [(said % {"number": left[name]}, seen_to[name]) for name, said in words.items() if left[name]]


def signature_row(seat: Seat, each: Any, live_on: date, digest: str) -> SignatureRow:
    """One signature in words."""
    agency = seat.agency
    if agency.live_on == each.live_on:
        state, tone = (
            (_("in force"), "done") if each.digest == digest else (_("in force; figures changed since"), "warn")
        )
    elif not each.counts:
        state, tone = _("does not count: may not sign any more"), "warn"
    elif each.live_on != live_on:
        state, tone = _("for another day"), "none"
    elif each.digest != digest:
        state, tone = _("figures changed since: sign again"), "warn"
    else:
        state, tone = _("counts"), "done"
    return SignatureRow(
        who=seat.aliases.get(each.by_id) or each.name,
        when=f"{day_in_words(agency, each.at)}, {time_in_words(agency, each.at)}",
        live_on=day_in_words(agency, each.live_on),
        figures=each.digest[:12],
        state=state,
        tone=tone,
        withdraw_url=reverse("go_live_withdraw", args=[agency.slug, each.pk]) if agency.live_on is None else "",
    )


def header() -> list[str]:
    """The first line of the file."""
    return [
        *(_("Kind"), _("Code"), _("Designation"), _("Month"), _("Currency"), _("Old amount"), _("Old count")),
        *(_("New amount"), _("New count"), _("Difference"), _("Note")),
    ]


def cells(seat: Seat, lines: Sequence[Line]) -> Iterable[list[Cell]]:
    """All lines as a file. One query."""
    names = names_of(seat)
    for line in lines:
        kind, code, month, currency = line.key
        old = line.old or (0, None)
        yield [
            *(str(ComparedKind(kind).label), code, names.get(code, ""), month, currency),
            *(Money(old[0], currency).decimal if line.old else None, old[1]),
            *(Money(line.new[0], currency).decimal, line.new[1], Money(line.difference, currency).decimal, line.note),
        ]
