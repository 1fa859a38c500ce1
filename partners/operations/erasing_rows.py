"""What files said of a person: rows as they came, findings, and the originals."""

from collections.abc import Iterable
from datetime import date

from core.money import Money
from imports.models import ImportRun
from imports.operations.forgetting import Wanted, drop_originals, forget_held, forget_rows, rows_found
from partners.erasing import Marks
from partners.models import GiftLine, ImportMatch, Partner

DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d-%m-%Y", "%Y/%m/%d")


def erase_rows(marks: Marks, run: ImportRun | None = None) -> set[int]:
    """Overwrite the rows of every import, or of one, that are of this person; the originals go. Returns the imports."""
    wanted = Wanted(
        words=marks.words,
        phones=marks.phones,
        keys=keys_of(marks),
        numbers=[number for _source, number in marks.numbers],
    )
    kept = kept_of_gifts(marks, run)
    rows = {
        pk: kept.get(pk, set()) | set(wanted.numbers) for pk in {*kept, *rows_found(wanted, run.pk if run else None)}
    }
    runs = forget_rows(rows=rows) | forget_held(wanted, run.pk if run else None) | runs_of(marks, run)
    drop_originals(run_ids=runs, waiting=run is not None)
    return runs


def keys_of(marks: Marks) -> list[str]:
    """The keys that rows of the person have: by the number of the giver, and by that of each gift line. One query."""
    lines = GiftLine.objects.filter(gift__giving_unit__in=marks.giving_unit_ids)
    gifts = lines.values_list("source", "designation_key", "external_id")
    return ["|".join(parts)[:250] for parts in (*marks.numbers, *gifts)]


def runs_of(marks: Marks, run: ImportRun | None) -> set[int]:
    """The imports that brought the person, or in which they were recognized."""
    if run is not None:
        return {run.pk}
    matched = ImportMatch.objects.filter(partner__in=marks.partner_ids).values_list("import_run_id", flat=True)
    brought = Partner.objects.filter(pk__in=marks.partner_ids).exclude(import_run=None)
    return {*matched, *brought.values_list("import_run_id", flat=True)}


def kept_of_gifts(marks: Marks, run: ImportRun | None) -> dict[int, set[str]]:
    """The row of each gift line, and the values of it that the books have too. One query."""
    lines = GiftLine.objects.filter(gift__giving_unit__in=marks.giving_unit_ids).exclude(staged_row=None)
    if run is not None:
        lines = lines.filter(gift__import_id=run.pk)
    found: dict[int, set[str]] = {}
    for line in lines.select_related("gift"):
        gift = line.gift
        kept = {line.external_id, line.designation_key, gift.external_id, gift.giver_key, gift.currency, gift.kind}
        for minor, currency in ((line.amount, gift.currency), (gift.tendered_amount, gift.tendered_currency)):
            kept |= set(written_amounts(Money(minor, currency)))
        kept |= set(written_amounts(Money(gift.amount, gift.currency))) | set(written_days(gift.date))
        found.setdefault(line.staged_row, set()).update(kept - {""})
    return found


def written_amounts(money: Money) -> Iterable[str]:
    """An amount as files write it."""
    plain = money.decimal_string()
    whole, _point, cents = plain.partition(".")
    grouped = f"{int(whole):,}" + (f".{cents}" if cents else "")
    short = plain.rstrip("0").rstrip(".") if cents else plain
    yield from (plain, grouped, short, plain.replace(".", ","), short.replace(".", ","))


def written_days(day: date) -> Iterable[str]:
    """A day as files write it."""
    for pattern in DAYS:
        yield day.strftime(pattern)
    yield f"{day.month}/{day.day}/{day.year}"
    yield f"{day.day}.{day.month}.{day.year}"
