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
from core.patterns import whole_words
from imports.models import CellCorrection, HeldRow, ImportFinding, ImportRun, StagedRow
from jobs.operations.forgetting import drop_bytes

# Operators that look into cells are not leakproof, so the agency is named, and the table is read once.
FIND = """
SELECT s.id FROM imports_stagedrow s WHERE s.agency_id = %(agency)s
  AND (%(run)s::bigint IS NULL OR s.import_run_id = %(run)s) AND (
    s.key = ANY (%(keys)s) OR EXISTS (
      SELECT FROM jsonb_each_text(s.cells) c WHERE
        EXISTS (SELECT FROM unnest(%(words)s::text[]) w WHERE lower(c.value) ~ w)
        OR (length(c.value) < 30 AND regexp_replace(c.value, '[^0-9]', '', 'g') = ANY (%(phones)s))
    )
  )
"""
FIND_HELD = """
SELECT h.id FROM imports_heldrow h WHERE h.agency_id = %(agency)s
  AND (%(run)s::bigint IS NULL OR h.import_run_id = %(run)s) AND EXISTS (
  SELECT FROM jsonb_array_elements_text(h.cells) c WHERE
    (%(run)s::bigint IS NOT NULL AND ltrim(trim(c), '0') = ANY (%(numbers)s))
    OR EXISTS (SELECT FROM unnest(%(words)s::text[]) w WHERE lower(c) ~ w)
    OR (length(c) < 30 AND regexp_replace(c, '[^0-9]', '', 'g') = ANY (%(phones)s))
)
"""
# Rows that brought nothing, such as addresses in tables of their own, name their giver by number.
FIND_BY_NUMBER = """
SELECT s.id FROM imports_stagedrow s WHERE s.agency_id = %(agency)s AND s.import_run_id = ANY (%(runs)s)
  AND (s.key = '' OR s.verdict IN ('error', 'conflict'))
  AND EXISTS (SELECT FROM jsonb_each_text(s.cells) c WHERE ltrim(trim(c.value), '0') = ANY (%(numbers)s))
"""
FEWEST_SIGNS = 5
"""A shorter number stands in a cell by chance."""

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


def values_of(wanted: Wanted) -> dict[str, Any]:
    """What the statements are told."""
    return {
        "agency": current().agency_id,
        "words": whole_words(wanted.words),
        "phones": list(wanted.phones),
        "keys": list(wanted.keys),
        "numbers": [number for number in wanted.numbers if len(number) >= FEWEST_SIGNS],
    }


def rows_found(wanted: Wanted, run_id: int | None = None) -> set[int]:
    """The rows of applied files that tell of a person: of all, or of one import."""
    values = {**values_of(wanted), "run": run_id}
    with connection.cursor() as cursor:
        cursor.execute(FIND, values)
        found = {pk for (pk,) in cursor.fetchall()}
        runs = list(StagedRow.objects.filter(pk__in=found).values_list("import_run_id", flat=True).distinct())
        cursor.execute(FIND_BY_NUMBER, {**values, "runs": [*runs, run_id or 0]})
        return found | {pk for (pk,) in cursor.fetchall()}


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


def forget_held(wanted: Wanted, run_id: int | None = None) -> set[int]:
    """Let rows that are kept out go where they tell of a person, of all imports or of one, with what was found in them;
    a number alone tells of the person in the import of their own file. Returns their imports.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIND_HELD, {**values_of(wanted), "run": run_id})
        ids = [pk for (pk,) in cursor.fetchall()]
    held = HeldRow.objects.filter(pk__in=ids)
    places = set(held.values_list("import_run_id", "line"))
    held.delete()
    forget_lines(places)
    naming = Q(key__in=wanted.keys)
    for word in whole_words(wanted.words):
        naming |= Q(message__iregex=word) | Q(key__iregex=word)
    found = ImportFinding.objects.filter(naming)
    runs = set(found.values_list("import_run_id", flat=True))
    found.delete()
    return {run for run, _line in places} | runs


def drop_originals(*, run_ids: Collection[int], waiting: bool = False) -> int:
    """Delete the files of these imports as they came; name, size and hash stay. An undo needs no file; what was kept
    out needs it once more. What is still to be applied keeps its file, but where `waiting` says that it is just so.
    """
    found = ImportRun.objects.filter(pk__in=run_ids)
    if not waiting:
        found = found.exclude(state__in=[ImportRun.State.UPLOADED, ImportRun.State.CHECKED])
    stored = found.values_list("stored_file_id", flat=True)
    return drop_bytes(stored_ids=list(stored))
