"""Overwriting what files said of a person who was erased. Key, line, verdict and the hash of the file stay, and of the
cells those that the caller names: the amount and the day, which the books have too.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from agencies.scope import current
from core.patterns import NAMELESS, any_of, nameless
from imports.models import CellCorrection, HeldRow, ImportFinding, ImportRun, StagedRow
from jobs.operations.forgetting import drop_bytes

# Operators that look into cells are not leakproof, so the agency is named, and the table is read once. A row is of the
# person by its key; it may be when a cell is a name, an address or a telephone as it is; else it names the person.
SAME = r"""
  lower(trim(regexp_replace({cell}, '\s+', ' ', 'g'))) = ANY (%(plain)s)
  OR (length({cell}) < 30 AND regexp_replace({cell}, '[^0-9]', '', 'g') = ANY (%(phones)s))
"""


def asking(statement: str, cell: str) -> str:
    """The statement with the condition that this cell is a name or a way of the person, as it is."""
    return statement.replace("{same}", SAME.replace("{cell}", cell))


FIND = asking(
    """
SELECT s.id, s.key = ANY (%(keys)s), EXISTS (SELECT FROM jsonb_each_text(s.cells) c WHERE {same})
FROM imports_stagedrow s WHERE s.agency_id = %(agency)s
  AND (%(run)s::bigint IS NULL OR s.import_run_id = %(run)s) AND (
    s.key = ANY (%(keys)s) OR EXISTS (
      SELECT FROM jsonb_each_text(s.cells) c WHERE c.value ~* %(pattern)s OR {same}
    )
  )
""",
    "c.value",
)
# A row that is kept out has no key: it is of the person by their number, or by a cell where no other number is told.
FIND_HELD = asking(
    """
SELECT h.id, h.is_number OR (h.is_same AND h.number = '') FROM (
  SELECT h.id, coalesce(n.number, '') AS number,
    (coalesce(n.number, '') = ANY (%(all_numbers)s)
      AND (%(run)s::bigint IS NOT NULL OR h.import_run_id = ANY (%(runs)s)))
      OR (%(run)s::bigint IS NOT NULL AND EXISTS (
        SELECT FROM jsonb_array_elements_text(h.cells) c WHERE ltrim(trim(c), '0') = ANY (%(numbers)s)
      )) AS is_number,
    EXISTS (SELECT FROM jsonb_array_elements_text(h.cells) c WHERE {same}) AS is_same,
    EXISTS (SELECT FROM jsonb_array_elements_text(h.cells) c WHERE c ~* %(pattern)s) AS is_naming
  FROM imports_heldrow h LEFT JOIN LATERAL (
    SELECT ltrim(trim(h.cells ->> (p.place::int - 1)), '0') AS number
    FROM jsonb_array_elements_text(h.columns) WITH ORDINALITY AS p(name, place)
    WHERE regexp_replace(lower(p.name), '[^a-z#]', '', 'g') = ANY (%(columns)s) ORDER BY p.place LIMIT 1
  ) n ON true
  WHERE h.agency_id = %(agency)s AND (%(run)s::bigint IS NULL OR h.import_run_id = %(run)s)
) h WHERE h.is_number OR h.is_same OR h.is_naming
""",
    "c",
)
DONOR_COLUMNS = ("donorid", "donor#", "peopleid", "externalidentifier", "customerid", "partnerno", "contactid")
"""What files call the number of a giver, in small letters alone."""
TAKE_NAMES = asking(
    """
UPDATE imports_stagedrow s SET cells = (
  SELECT coalesce(jsonb_object_agg(c.key, CASE WHEN {same} THEN '' ELSE
    regexp_replace(c.value, %(pattern)s, %(nameless)s, 'gi') END), '{}')
  FROM jsonb_each_text(s.cells) c
) WHERE s.agency_id = %(agency)s AND s.id = ANY (%(ids)s)
""",
    "c.value",
)
TAKE_HELD_NAMES = asking(
    """
UPDATE imports_heldrow h SET cells = (
  SELECT coalesce(jsonb_agg(CASE WHEN {same} THEN '' ELSE regexp_replace(c.c, %(pattern)s, %(nameless)s, 'gi') END
    ORDER BY c.place), '[]')
  FROM jsonb_array_elements_text(h.cells) WITH ORDINALITY AS c(c, place)
) WHERE h.agency_id = %(agency)s AND h.id = ANY (%(ids)s)
""",
    "c.c",
)
# Rows that brought nothing, such as addresses in tables of their own, name their giver by number.
FIND_BY_NUMBER = """
SELECT s.id FROM imports_stagedrow s WHERE s.agency_id = %(agency)s AND s.import_run_id = ANY (%(runs)s)
  AND (s.key = '' OR s.verdict IN ('error', 'conflict'))
  AND EXISTS (SELECT FROM jsonb_each_text(s.cells) c WHERE ltrim(trim(c.value), '0') = ANY (%(numbers)s)
    OR (ltrim(trim(c.value), '0') = ANY (%(all_numbers)s)
      AND regexp_replace(lower(c.key), '[^a-z#]', '', 'g') = ANY (%(columns)s)))
"""
FEWEST_SIGNS = 5
"""A shorter number stands in a cell by chance, where the column does not say that it is a giver's."""

OVERWRITE = """
UPDATE imports_stagedrow s SET cells = (
  SELECT coalesce(jsonb_object_agg(c.key, CASE WHEN k.keep ? c.value THEN c.value ELSE '' END), '{}')
  FROM jsonb_each_text(s.cells) c
) FROM unnest(%(ids)s::bigint[], %(keeps)s::jsonb[]) AS k(id, keep)
WHERE s.agency_id = %(agency)s AND s.id = k.id
"""


@dataclass(frozen=True)
class Wanted:
    """What tells rows of a person: words in small letters, digits of telephones, keys of rows, and numbers."""

    words: Collection[str]
    phones: Collection[str]
    keys: Collection[str]
    numbers: Collection[str]


@dataclass(frozen=True)
class Rows:
    """Rows in which something of a person stands: their own by the key, those with a cell that is a name or a way of
    theirs, and those of others that name them in a longer cell.
    """

    own: set[int]
    same: set[int]
    naming: set[int]


def values_of(wanted: Wanted) -> dict[str, Any]:
    """What the statements are told."""
    return {
        "agency": current().agency_id,
        "plain": [*wanted.words],
        "pattern": any_of(wanted.words),
        "nameless": NAMELESS,
        "phones": list(wanted.phones),
        "keys": list(wanted.keys),
        "numbers": [number for number in wanted.numbers if len(number) >= FEWEST_SIGNS],
        "all_numbers": list(wanted.numbers),
        "columns": list(DONOR_COLUMNS),
    }


def rows_found(wanted: Wanted, run_id: int | None = None, runs: Collection[int] = ()) -> Rows:
    """The rows of applied files that tell of a person: of all, or of one import. A number alone tells of the person in
    `runs`, the imports of files of the same source.
    """
    values = {**values_of(wanted), "run": run_id}
    rows = Rows(set(), set(), set())
    with connection.cursor() as cursor:
        cursor.execute(FIND, values)
        for pk, is_own, is_same in cursor.fetchall():
            (rows.own if is_own else rows.same if is_same else rows.naming).add(pk)
        mine = rows.own | rows.same
        told = StagedRow.objects.filter(pk__in=mine).values_list("import_run_id", flat=True).distinct()
        cursor.execute(FIND_BY_NUMBER, {**values, "runs": [*runs, *told, run_id or 0]})
        rows.own.update(pk for (pk,) in cursor.fetchall())
    return rows


def forget_names(*, rows: Collection[int], wanted: Wanted) -> set[int]:
    """Take names and ways of the person out of rows of others. Returns their imports."""
    values = values_of(wanted)
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NAMES, {**values, "ids": list(rows)})
    for column in ("was", "now"):
        naming = CellCorrection.objects.filter(**{f"{column}__iregex": values["pattern"]})
        naming.update(**{column: nameless(column, wanted.words)})
    return set(StagedRow.objects.filter(pk__in=rows).values_list("import_run_id", flat=True))


def forget_rows(*, rows: Mapping[int, Collection[str]]) -> set[int]:
    """Overwrite the cells of these rows, but for those with one of the values that are kept, what a person wrote over
    them, and what was found in them. Returns their imports.
    """
    values = {"agency": current().agency_id, "ids": list(rows), "keeps": [json.dumps([*rows[pk]]) for pk in rows]}
    with connection.cursor() as cursor:
        cursor.execute(OVERWRITE, values)
    places = set(StagedRow.objects.filter(pk__in=rows).values_list("import_run_id", "line"))
    forget_lines(places)
    return {run for run, _line in places}


def forget_lines(places: Collection[tuple[int, int]]) -> None:
    """Take away corrections and findings of these lines: pairs of import and line."""
    of: dict[int, list[int]] = {}
    for run, line in places:
        of.setdefault(run, []).append(line)
    for run, lines in of.items():
        CellCorrection.objects.filter(import_run=run, line__in=lines).update(was="", now="")
        ImportFinding.objects.filter(import_run=run, line__in=lines).delete()


def forget_held(wanted: Wanted, run_id: int | None = None, runs: Collection[int] = ()) -> set[int]:
    """Let rows that are kept out go where they are of a person, of all imports or of one, with what was found in them;
    others lose the name. A number alone tells of the person in `runs`, the imports of files of the same source. Returns
    their imports.
    """
    values = {**values_of(wanted), "run": run_id, "runs": list(runs)}
    with connection.cursor() as cursor:
        cursor.execute(FIND_HELD, values)
        found = dict(cursor.fetchall())
        naming = [pk for pk, is_own in found.items() if not is_own]
        cursor.execute(TAKE_HELD_NAMES, {**values, "ids": naming})
    told = set(HeldRow.objects.filter(pk__in=found).values_list("import_run_id", flat=True))
    held = HeldRow.objects.filter(pk__in=[pk for pk, is_own in found.items() if is_own])
    places = set(held.values_list("import_run_id", "line"))
    held.delete()
    forget_lines(places)
    return told | forget_findings(wanted)


def forget_findings(wanted: Wanted) -> set[int]:
    """Let findings of the person's own rows go; those of others lose the name. Returns the imports of both."""
    own = ImportFinding.objects.filter(key__in=wanted.keys)
    runs = set(own.values_list("import_run_id", flat=True))
    own.delete()
    pattern = any_of(wanted.words)
    naming = ImportFinding.objects.filter(Q(message__iregex=pattern) | Q(key__iregex=pattern))
    runs |= set(naming.values_list("import_run_id", flat=True))
    naming.update(message=nameless("message", wanted.words), key=nameless("key", wanted.words))
    return runs


def drop_originals(*, run_ids: Collection[int], waiting: bool = False) -> int:
    """Delete the files of these imports as they came; name, size and hash stay. An undo needs no file; what was kept
    out needs it once more. What is still to be applied keeps its file, but where `waiting` says that it is just so.
    """
    found = ImportRun.objects.filter(pk__in=run_ids)
    if not waiting:
        found = found.exclude(state__in=[ImportRun.State.UPLOADED, ImportRun.State.CHECKED])
    stored = found.values_list("stored_file_id", flat=True)
    return drop_bytes(stored_ids=list(stored))
