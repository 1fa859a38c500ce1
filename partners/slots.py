"""Parts that this app puts into pages of the apps below."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from babel.numbers import format_decimal
from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from funds.queries.periods import open_from
from partners.models import Gift, GiftLine, ImportMatch, Partner, ReviewItem
from partners.queries.partner_by import GIVES, PRAYS, PROMOTES, conditions
from partners.queries.partners import Wanted, partners_wanted

NAMED = 20
"""So many partners are named that an undo left."""


def unit_giving(request: HttpRequest, *, unit: Any, **context: Any) -> str:
    """How many partners a unit has and what it received this year, for who may see its gifts."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    if not seat.can("gifts.view", unit.pk):
        return ""
    agency, today = seat.agency, seat.agency.today()
    given = GiftLine.objects.standing().filter(designation__unit=unit.pk, gift__date__year=today.year)
    rows = given.values_list("gift__currency").annotate(total=Sum("amount")).order_by("gift__currency")
    lines = f"{reverse('gift_lines', args=[agency.slug])}?"
    days = {"unit": unit.pk, "first": today.replace(month=1, day=1), "last": today.replace(month=12, day=31)}
    parts = {
        **partners_of(seat, unit.pk),
        "year": today.year,
        "received": [
            (Money(int(total), currency).format(agency.locale), lines + urlencode({**days, "currency": currency}))
            for currency, total in rows
        ],
    }
    return render_to_string("partners/_unit_giving.html", parts, request)


def partners_of(seat: Seat, unit_id: int) -> dict[str, Any]:
    """How many partners of the unit give, pray and promote, each with the list of them. Two queries at most."""
    known = partners_wanted(seat, Wanted(unit_id=unit_id))
    by = {name: Count("pk", filter=holds) for name, holds in conditions(seat, unit_id).items()}
    counts = known.aggregate(partners=Count("pk"), **by)
    path, locale = reverse("partners", args=[seat.agency.slug]), seat.agency.locale
    words = {GIVES: _("Give"), PRAYS: _("Pray"), PROMOTES: _("Promote")}
    return {
        "partners": format_decimal(counts["partners"], locale=locale),
        "partners_url": f"{path}?{urlencode({'unit': unit_id})}",
        "by": [
            (label, format_decimal(counts[name], locale=locale), f"{path}?{urlencode({'unit': unit_id, 'how': name})}")
            for name, label in words.items()
        ],
    }


def import_choices(request: HttpRequest, *, run: Any, **context: Any) -> str:
    """How many givers of a checked file may be partners who are there, with the way to decide on them; and what the
    closed months say. Two queries.
    """
    seat: Seat = request.seat  # type: ignore[attr-defined]
    found = ImportMatch.objects.filter(import_run=run.pk, applied_at=None)
    known = Q(reason=ImportMatch.Reason.NUMBER)
    counts = found.aggregate(
        all=Count("pk", filter=~known),
        open=Count("pk", filter=Q(choice="") & ~known),
        changed=Count("pk", filter=known),
        taken=Count("pk", filter=known & Q(choice=ImportMatch.Choice.UPDATE)),
    )
    parts = {
        "run": run,
        "closed_until": closed_until(seat, run),
        "left": left_words(seat, run.outcome.get("matches_left", 0)),
        "count": format_decimal(counts["all"], locale=seat.agency.locale) if counts["all"] else "",
        "open": format_decimal(counts["open"], locale=seat.agency.locale) if counts["open"] else "",
        "changed": changed_words(seat, counts["changed"]) if counts["changed"] else "",
        "taken": format_decimal(counts["taken"], locale=seat.agency.locale),
    }
    return render_to_string("partners/_import_choices.html", parts, request)


def left_words(seat: Seat, count: int) -> str:
    """How many givers there are beyond those that can be decided on, "" for none."""
    words = ngettext(
        "%(count)s further giver is like a partner of yours, or is reached otherwise, and cannot be decided on here.",
        "%(count)s further givers are like partners of yours, or are reached otherwise, and cannot be decided on here.",
        count,
    )
    return words % {"count": format_decimal(count, locale=seat.agency.locale)} if count else ""


def changed_words(seat: Seat, count: int) -> str:
    """How many known givers the file reaches otherwise."""
    words = ngettext(
        "The file has another address, e-mail or phone of %(count)s giver than the record.",
        "The file has another address, e-mail or phone of %(count)s givers than their records.",
        count,
    )
    return words % {"count": format_decimal(count, locale=seat.agency.locale)}


def closed_until(seat: Seat, run: Any) -> str:
    """From when on the ledger takes postings, where a checked file has gifts of days before: closed since the check. A
    line of a bank posts nothing and comes in all the same.
    """
    days, first = run.outcome.get("dates"), open_from()
    brings_gifts = run.outcome.get("gift_lines") and run.outcome.get("new_lines")
    if not (first and days and brings_gifts):
        return ""
    return day_in_words(seat.agency, first) if date.fromisoformat(days[0]) < first else ""


def import_stays(request: HttpRequest, *, run: Any, **context: Any) -> str:
    """The partners that stayed when their import was undone, by name, as far as this seat may know them."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    found = Partner.objects.seen_by(seat).filter(import_run=run.pk).order_by("sort_name", "pk")[: NAMED + 1]
    partners = [(partner.name, reverse("partner", args=[seat.agency.slug, partner.pk])) for partner in found]
    parts = {"partners": partners[:NAMED], "more": len(partners) > NAMED}
    return render_to_string("partners/_import_stays.html", parts, request)


def import_result(request: HttpRequest, *, run: Any, **context: Any) -> str:
    """What an applied file brought, with the way to its gifts and to what waits for a person."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    agency = seat.agency
    gifts = Gift.objects.seen_by(seat).filter(import_id=run.pk)
    sums = (
        gifts.standing().values_list("currency").annotate(total=Sum("amount"), count=Count("pk")).order_by("currency")
    )
    address = f"{reverse('gifts', args=[agency.slug])}?"
    parts = {
        "partners": run.applied.get("partners", 0),
        "partners_url": f"{reverse('partners', args=[agency.slug])}?{urlencode({'run': run.pk})}",
        "sums": [
            (
                Money(int(total), currency).format(agency.locale),
                format_decimal(count, locale=agency.locale),
                count,
                address + urlencode({"run": run.pk, "currency": currency}),
            )
            for currency, total, count in sums
        ],
        "statement_lines": run.applied.get("statement_lines", 0),
        "statement_lines_url": f"{reverse('statement_lines', args=[agency.slug])}?{urlencode({'run': run.pk})}",
        "rows": run.applied.get("rows", 0),
        "commitments": run.applied.get("commitments", 0),
        "waiting": ReviewItem.objects.open().filter(line__gift__import_id=run.pk).count(),
        "waiting_url": address + urlencode({"run": run.pk, "review": "on"}),
    }
    return render_to_string("partners/_import_result.html", parts, request)
