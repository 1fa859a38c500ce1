"""What files said of a person: rows as they came, findings, and the originals."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Value
from django.db.models.functions import Concat, Left

from core.money import Money
from imports.models import ImportRun, StagedRow
from imports.operations.forgetting import Wanted, drop_originals, forget_held, forget_names, forget_rows, rows_found
from partners.erasing import Marks
from partners.models import ExternalId, GiftLine, ImportMatch, Partner

DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d-%m-%Y", "%Y/%m/%d")


def erase_rows(marks: Marks, run: ImportRun | None = None) -> set[int]:
    """Overwrite the rows of every import, or of one, that are of this person; the originals go. Returns the imports."""
    wanted = Wanted(
        words=marks.words,
        phones=marks.phones,
        keys=keys_of(marks),
        numbers=[number for _source, number in marks.numbers],
    )
    brought = runs_of(marks, run)
    sources = brought if run else brought | runs_of_sources(marks)
    kept, found = kept_of_gifts(marks, run), rows_found(wanted, run.pk if run else None, sources)
    others = of_others(found.same, marks)
    rows = {pk: kept.get(pk, set()) | set(wanted.numbers) for pk in {*kept, *found.own, *(found.same - others)}}
    runs = forget_rows(rows=rows) | brought
    runs |= forget_names(rows=(found.naming | others) - set(rows), wanted=wanted)
    runs |= forget_held(wanted, run.pk if run else None, sources)
    drop_originals(run_ids=runs, waiting=run is not None)
    return runs


def of_others(row_ids: Collection[int], marks: Marks) -> set[int]:
    """The rows among these that are of somebody else: whose gift another known giver gave, or whose number another
    partner has.
    """
    lines = GiftLine.objects.filter(staged_row__in=row_ids).exclude(gift__giving_unit__is_unidentified=True)
    theirs = lines.exclude(gift__giving_unit__in=marks.giving_unit_ids)
    numbered = dict(StagedRow.objects.filter(pk__in=row_ids).exclude(key="").values_list("pk", "key"))
    numbers = ExternalId.objects.exclude(partner__in=marks.partner_ids).annotate(
        key=Left(Concat("source", Value("|"), "norm"), 250)
    )
    known = set(numbers.filter(key__in=set(numbered.values())).values_list("key", flat=True))
    return {*theirs.values_list("staged_row", flat=True), *(pk for pk, key in numbered.items() if key in known)}


def runs_of_sources(marks: Marks) -> set[int]:
    """The imports that a number of the person may be of: those of files of the same source."""
    found: set[int] = set()
    for source in {source for source, _number in marks.numbers}:
        staged = StagedRow.objects.filter(key__startswith=f"{source}|")
        found |= set(staged.values_list("import_run_id", flat=True).distinct())
    return found


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
