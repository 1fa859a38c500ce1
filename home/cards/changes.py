"""For the board: what changed since it last met. No name of a partner stands here."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from home.cards.parts import Card, Row, Tile, url
from home.queries.changes import Moved, UnitChanges, changes_since, total
from ssu.models import ActionItem
from ssu.pages.goals import figure, measured

USUAL = timedelta(days=90)


def usual_since(agency: Agency) -> date:
    """From when the board reads unless it says: the day of its last meeting, else ninety days ago."""
    return agency.board_met_on or agency.today() - USUAL


def changes(seat: Seat, since: date) -> Card:
    """One line per unit in which something changed, with the sums above."""
    found = changes_since(seat, since)
    day = day_in_words(seat.agency, since)
    return Card(
        id="changes",
        title=_("Changes since %(day)s") % {"day": day},
        tiles=tiles(seat, found),
        rows=[row(seat, each) for each in found],
        quiet="" if found else _("Nothing changed since this day. Choose an earlier one."),
    )


def tiles(seat: Seat, found: Sequence[UnitChanges]) -> list[Tile]:
    """How much of each there is; what did not happen is told too. Only what a list answers leads to it; the rest stands
    unit by unit below.
    """
    goals = sum(each.goals for each in found)
    return [
        Tile(_("Action items confirmed"), str(total(found, "confirmed"))),
        Tile(_("Set as not applicable"), str(total(found, "set_aside"))),
        Tile(_("Opened again"), str(total(found, "reopened"))),
        Tile(_("Declared complete"), str(total(found, "is_declared")), url=url(seat, "matrix") + "?sort=ahead"),
        Tile(_("New"), str(total(found, "is_new")), seat.agency.unit_words),
        Tile(_("Goals approved"), str(goals)),
        Tile(_("Indicators moved"), str(total(found, "moved"))),
        Tile(_("Budgets approved"), str(total(found, "budgets")), url=url(seat, "budgets")),
    ]


def row(seat: Seat, changed: UnitChanges) -> Row:
    """A unit, and all that changed in it, leading to its activity."""
    return Row(changed.unit.shown_name, "; ".join(said(changed)), url(seat, "unit_activity", changed.unit.pk))


def said(changed: UnitChanges) -> list[str]:
    """Each change in words, the weightiest first."""
    words = [_("new")] if changed.is_new else []
    words += [_("declared complete")] if changed.is_declared else []
    if changed.confirmed:
        count = len(changed.confirmed)
        told = ngettext("%(count)s item confirmed (%(keys)s)", "%(count)s items confirmed (%(keys)s)", count)
        words.append(told % {"count": count, "keys": numbers(changed.confirmed)})
    if changed.set_aside:
        words.append(_("not applicable: %(keys)s") % {"keys": numbers(changed.set_aside)})
    if changed.reopened:
        words.append(_("opened again: %(keys)s") % {"keys": numbers(changed.reopened)})
    words += [_("goal approved")] if changed.goals else []
    words += [moved_in_words(changed, changed.moved)] if changed.moved else []
    words += [_("budget of %(year)s approved") % {"year": year} for year in changed.budgets]
    return words


def numbers(items: Sequence[ActionItem]) -> str:
    """What people call these items."""
    return ", ".join(item.number for item in items)


def moved_in_words(changed: UnitChanges, moved: Moved) -> str:
    """From and to. What is counted is free text, kept back while the unit is closed to the reader."""
    before = figure(moved.before) or "–"
    if changed.unit.is_withheld:
        return _("indicator from %(before)s to %(after)s") % {"before": before, "after": figure(moved.after)}
    after = measured(moved.after, moved.goal)
    said = {"what": moved.goal.indicator, "before": before, "after": after}
    return _("%(what)s from %(before)s to %(after)s") % said
