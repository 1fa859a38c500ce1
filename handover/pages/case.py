"""The page of a case, and the list that its file holds."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from agencies.days import day_in_words
from agencies.downloads import Sheet
from agencies.seats import Seat
from handover.models import Check, Passing
from handover.pages.letters import letters_page
from handover.pages.words import CHECK_RULE, LABELS, ORDER_RULE, TONES, leaves_in_words, state_in_words
from handover.queries.lists import Row, rows_of
from handover.queries.progress import finished, overtaken
from handover.queries.retention import AFTER
from handover.states import NAMED, OPEN, UNFINISHED, standing
from ssu.models import Unit, Worker


def case_page(seat: Seat, case: Any) -> dict[str, Any]:
    """Everything on it."""
    rows = rows_of(seat, case)
    is_open = case.closed_at is None
    opens = seat.can("handover.open")
    is_finished, is_overtaken = not is_open or finished(case), is_open and overtaken(case)
    may_pass = {unit for unit in {row.passing.holder.unit_id for row in rows} if seat.can("handover.pass", unit)}
    introducer = Worker.objects.seen_by(seat).filter(pk=case.introducer_id).first() if case.introducer_id else None
    return {
        "case": case,
        "leaves": leaves_in_words(seat.agency, case),
        "rows": [shown(seat, row, may_choose=is_open and row.passing.holder.unit_id in may_pass) for row in rows],
        "has_amounts": any(row.amounts for row in rows),
        "may_pass": is_open and case.told_at is not None and any(row.state == OPEN for row in rows) and bool(may_pass),
        "may_tell": is_open and opens and case.told_at is None and not is_overtaken,
        "may_close": is_open and opens and (is_finished or is_overtaken),
        "may_call_off": is_open and opens,
        "others_pass_on": opens and not is_finished and not any(row.state in UNFINISHED for row in rows),
        "is_overtaken": is_overtaken,
        "may_read_reason": opens and knows_all_units(seat, case),
        "introducer": introducer.shown_name if introducer else "",
        "state": state_in_words(case),
        "order_rule": ORDER_RULE,
        "check_rule": CHECK_RULE,
        "checks": checks(rows),
        "letters": letters_page(seat, case, rows),
    }


def knows_all_units(seat: Seat, case: Any) -> bool:
    """Whether none of the units of the case is closed to the seat: the reason is in free words. Two queries."""
    units = set(Passing.objects.filter(case=case).values_list("holder__unit", flat=True))
    return bool(Unit.objects.seen_by(seat).filter(pk__in=units, is_withheld=False).count() == len(units))


def shown(seat: Seat, row: Row, *, may_choose: bool = False) -> dict[str, Any]:
    """A partner in the list."""
    acts: list[Any] = [*standing(row.passing.acts.all())]
    named = [each.holder_name for each in acts if each.kind == NAMED]
    return {
        "pk": row.passing.pk,
        "place": row.place,
        "name": row.passing.partner_name,
        "unit": row.passing.unit_name,
        "url": reverse("passing", args=[seat.agency.slug, row.passing.pk]),
        "amounts": [amount.format(seat.agency.locale) for amount in row.amounts],
        "contacts": row.contacts,
        "years": row.years,
        "prays": row.prays,
        "holder": (named[-1] or "") if named else "",
        "state": LABELS[row.state],
        "tone": TONES[row.state],
        "letter": any(each.letter_id for each in acts),
        "may_choose": may_choose and row.state == OPEN,
    }


def checks(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """How many of the partners on this page kept giving, after each number of days."""
    made = [check for row in rows for check in row.passing.checks.all()]
    counts = Counter((check.after, check.outcome) for check in made)
    return [
        {"after": after, "cells": [(str(each.label), counts[after, each.value]) for each in Check.Outcome]}
        for after in AFTER
        if any(check.after == after for check in made)
    ]


def case_sheet(seat: Seat, case: Any) -> Sheet:
    """The list as a file: never an amount, for money per holder is in no export, and never the reason."""
    rows = rows_of(seat, case)
    header = ["id", "place", "partner", "unit", "contacts", "years", "prays", "new_holder", "state"]
    lines: list[list[Any]] = []
    for row in rows:
        told = shown(seat, row)
        prays = "yes" if row.prays else "no"
        line: list[Any] = [row.passing.pk, row.place, told["name"], told["unit"], row.contacts, row.years, prays]
        lines.append([*line, told["holder"], row.state])
    return Sheet(f"hand-over {case.pk}", header, lines)


def passing_page(seat: Seat, passing: Any) -> dict[str, Any]:
    """One partner: what was done, what may be done, what became of the giving."""
    [row] = [each for each in rows_of(seat, passing.case) if each.passing.pk == passing.pk]
    acts: list[Any] = [*standing(row.passing.acts.all())]
    is_open = passing.case.closed_at is None
    may = is_open and seat.can("handover.pass", passing.holder.unit_id)
    return {
        "row": shown(seat, row),
        "case": passing.case,
        "acts": [
            {
                "pk": act.pk,
                "label": act.get_kind_display(),
                "day": day_in_words(seat.agency, act.on),
                "words": (act.holder_name or "") if act.kind == NAMED else act.get_why_display(),
                "may_take_back": may and act.pk == acts[-1].pk,
            }
            for act in acts
        ],
        "checks": [
            {
                "after": each.after,
                "outcome": each.get_outcome_display(),
                "day": day_in_words(seat.agency, each.looked_on),
            }
            for each in sorted(row.passing.checks.all(), key=lambda each: each.after)
        ],
        "may_skip": may and row.state == OPEN,
        "may_introduce": may and row.state == NAMED,
        "partner_url": reverse("partner", args=[seat.agency.slug, passing.holder.partner_id]),
        "check_rule": CHECK_RULE,
    }
