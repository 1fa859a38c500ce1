"""Records side by side: every field, what is kept of all, and what goes over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from partners.forms.merges import MergePartnersForm
from partners.models import GivingUnit, Partner
from partners.operations.merging import FIELDS
from partners.pages.care import holder_rows, stage_rows
from partners.pages.partner import language, ways
from partners.pages.relations import relation_rows, tag_rows
from partners.queries.duplicates import counts_of, totals_of


@dataclass(frozen=True)
class Cell:
    """What one record says of one matter: lines of text, and the choice between records where they differ."""

    partner: str
    pk: int
    lines: list[str]
    field: str = ""
    checked: bool = False


@dataclass(frozen=True)
class Row:
    """One matter in all records."""

    label: str
    cells: list[Cell]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Matters of one kind, with what becomes of them."""

    title: str
    lead: str
    rows: list[Row] = field(default_factory=list)


def sections(seat: Seat, partners: Sequence[Partner], form: MergePartnersForm) -> list[Section]:
    """Everything of these records. Queries per record, and there are four at most; three more for all."""
    differ = [choice_row(seat.agency, name, partners, form) for name in form.differing]
    alike = [same_row(seat.agency, name, partners) for name in FIELDS if told_alike(name, partners, form)]
    return [
        Section(_("Where they differ"), _("Choose whose value stays."), differ),
        Section(_("Where they agree"), "", alike),
        Section(_("Kept of all"), _("The record that stays has all of these, each once."), union_rows(seat, partners)),
        Section(
            _("Goes over"),
            _("All of this goes over to the record that stays. The ledger stays as it is."),
            moving_rows(seat, partners),
        ),
    ]


def told_alike(name: str, partners: Sequence[Partner], form: MergePartnersForm) -> bool:
    return name not in form.differing and bool(getattr(partners[0], name))


def choice_row(agency: Agency, name: str, partners: Sequence[Partner], form: MergePartnersForm) -> Row:
    """A field that differs, with a choice in each record."""
    asked, nothing = f"take_{name}", _("(empty)")
    taken = str(form[asked].value())
    cells = [
        Cell(each.name, each.pk, [in_words(agency, each, name) or nothing], asked, taken == str(each.pk))
        for each in partners
    ]
    return Row(label_of(name), cells)


def same_row(agency: Agency, name: str, partners: Sequence[Partner]) -> Row:
    """A field in which all agree."""
    return Row(label_of(name), [Cell(each.name, each.pk, [in_words(agency, each, name)]) for each in partners])


def label_of(name: str) -> str:
    return capfirst(str(Partner._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def in_words(agency: Agency, partner: Partner, name: str) -> str:
    """The value of a field as people read it."""
    value = getattr(partner, name)
    if name == "kind":
        return capfirst(str(Partner.Kind(value).label))
    if name == "language":
        return language(value)
    if isinstance(value, date):
        return day_in_words(agency, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value or "")


def union_rows(seat: Seat, partners: Sequence[Partner]) -> list[Row]:
    """What all records bring: ways to reach, numbers, tags, notes."""
    said: tuple[tuple[str, Callable[[Partner], list[str]]], ...] = (
        (_("Ways to reach"), lambda each: [way.text for way in ways(seat.agency, each)]),
        (_("Numbers"), lambda each: [str(number) for number in each.external_ids.order_by("source", "value")]),
        (_("Tags"), lambda each: [tag.name for tag in tag_rows(seat, each)]),
        (_("Note"), lambda each: [each.note] if each.note else []),
    )
    return told([row_of(label, partners, lines) for label, lines in said])


def told(rows: list[Row]) -> list[Row]:
    """The rows in which some record says something."""
    return [row for row in rows if any(cell.lines not in (["–"], ["0"]) for cell in row.cells)]


def row_of(label: str, partners: Sequence[Partner], lines: Callable[[Partner], list[str]]) -> Row:
    return Row(label, [Cell(each.name, each.pk, lines(each) or ["–"]) for each in partners])


def moving_rows(seat: Seat, partners: Sequence[Partner]) -> list[Row]:
    """What goes over, in words and counts, as far as the seat may know it."""
    ids = [each.pk for each in partners]
    totals, counts = totals_of(seat, ids), counts_of(seat, ids)

    def given(each: Partner) -> list[str]:
        return [
            ngettext("%(amount)s in one line", "%(amount)s in %(number)s lines", lines)
            % {"amount": total.format(seat.agency.locale), "number": lines}
            for total, lines in totals[each.pk]
        ]

    def counted(name: str) -> Callable[[Partner], list[str]]:
        return lambda each: [format_decimal(counts[each.pk][name], locale=seat.agency.locale)]

    def related(each: Partner) -> list[str]:
        return [f"{row.how}: {row.name}" for row in relation_rows(seat, each)]

    rows = [
        row_of(_("Given"), partners, given),
        row_of(_("Giving units"), partners, receipts_of),
        row_of(_("Commitments"), partners, counted("commitments")),
        row_of(_("Who cares"), partners, lambda each: [f"{row.name}, {row.unit}" for row in holder_rows(seat, each)]),
        row_of(_("Stage"), partners, lambda each: [f"{row.stage}, {row.unit}" for row in stage_rows(seat, each)]),
        row_of(
            _("Belongs together"),
            partners,
            lambda each: [f"{row.how}: {row.name}" for row in relation_rows(seat, each)],
        ),
        row_of(_("Contacts"), partners, counted("contacts")),
        row_of(_("Open follow-ups"), partners, counted("follow_ups")),
    ]
    return told(rows)


def receipts_of(partner: Partner) -> list[str]:
    """Whom receipts address, and how often."""
    return [
        f"{unit.name} ({unit.get_receipts_display()})"
        for unit in GivingUnit.objects.filter(partner=partner).own_first()
    ]


def heads(agency: Agency, partners: Sequence[Partner], form: MergePartnersForm) -> list[dict[str, Any]]:
    """The records, with the choice of the one that stays."""
    stays = str(form["survivor"].value() or partners[0].pk)
    return [
        {
            "pk": each.pk,
            "name": each.name,
            "since": day_in_words(agency, each.created_at),
            "stays": stays == str(each.pk),
        }
        for each in partners
    ]
