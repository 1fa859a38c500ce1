"""The gifts of earlier imports that a file brings again or takes back, in one query, whatever the file's size."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection

from agencies.scope import current_agency_id
from core.money import Money
from partners.imports.by_sets import joined_by_sets
from partners.imports.context import Earlier, EarlierLine, GiftId, GiftKey
from partners.keys import BY_HAND, number_of_ours

# The gifts that the file mentions and that stand or were corrected by hand (an import that is undone frees its keys),
# and what stands in the place of a corrected one, however often it was corrected.
GIFTS = """
WITH RECURSIVE mentioned AS (SELECT * FROM unnest(%s::text[], %s::text[]) AS m (source, number)),
named AS (
  SELECT g.id FROM partners_gift g JOIN mentioned m ON m.source = g.source AND m.number = g.external_id
  WHERE g.withdrawn_at IS NULL OR EXISTS (
    SELECT FROM partners_giftcorrection c WHERE c.agency_id = g.agency_id AND c.gift_id = g.id
  )
),
heirs (first_id, id) AS (
  SELECT named.id, c.replacement_id FROM named JOIN partners_giftcorrection c ON c.gift_id = named.id
  WHERE c.replacement_id IS NOT NULL
  UNION SELECT heirs.first_id, c.replacement_id FROM heirs JOIN partners_giftcorrection c ON c.gift_id = heirs.id
  WHERE c.replacement_id IS NOT NULL
)
"""

# A gift recorded by hand has a giver and no number of one: there is nothing to compare.
# Their lines, and those of every standing gift that takes one of them back. A key that stands again after its import
# was undone comes last, and so is the one that counts.
EARLIER = f"""{GIFTS},
wanted AS (
  SELECT id FROM named
  UNION SELECT g.id FROM partners_gift g JOIN heirs ON g.id = heirs.id WHERE g.withdrawn_at IS NULL
  UNION SELECT r.id FROM partners_gift r JOIN (SELECT id FROM named UNION SELECT id FROM heirs) there
    ON r.reverses_id = there.id WHERE r.withdrawn_at IS NULL
)
SELECT l.source, l.designation_key, l.external_id,
       CASE WHEN g.giver_key = '' AND NOT u.is_unidentified THEN NULL ELSE g.giver_key END, g.date, l.amount,
       g.currency, l.tendered_amount, l.tendered_currency, coalesce(o.external_id, ''), coalesce(o.source, ''),
       g.withdrawn_at IS NOT NULL, f.source, f.external_id
FROM wanted
JOIN partners_gift g ON g.id = wanted.id
JOIN partners_giftline l ON l.agency_id = g.agency_id AND l.gift_id = g.id
JOIN partners_givingunit u ON u.agency_id = g.agency_id AND u.id = g.giving_unit_id
LEFT JOIN heirs h ON h.id = g.id
LEFT JOIN partners_gift f ON f.id = h.first_id
LEFT JOIN heirs i ON i.id = g.reverses_id
LEFT JOIN partners_gift o ON o.agency_id = g.agency_id AND o.id = coalesce(i.first_id, g.reverses_id)
ORDER BY g.withdrawn_at IS NULL, g.id
"""  # noqa: S608 - constants

# Gifts that a file of ours called by their ids. Who gave is not compared: the file may keep it back too.
OF_OURS = """
SELECT g.id, l.designation_key, g.date, l.amount, g.currency, l.tendered_amount, l.tendered_currency,
  g.withdrawn_at IS NOT NULL
FROM partners_gift g JOIN partners_giftline l ON l.agency_id = g.agency_id AND l.gift_id = g.id
WHERE g.id = ANY(%s::bigint[]) AND (g.withdrawn_at IS NULL OR EXISTS (
  SELECT FROM partners_giftcorrection c WHERE c.agency_id = g.agency_id AND c.gift_id = g.id
)) ORDER BY l.id
"""

IDS = f"{GIFTS} SELECT id FROM named UNION SELECT id FROM heirs"  # noqa: S608 - constants

_OWN_ID = re.compile(r"[1-9][0-9]{0,17}")

LOCK = "SELECT 1 FROM partners_gift WHERE id = ANY(%s::bigint[]) ORDER BY id FOR UPDATE"


def earlier_lines(gifts: Iterable[GiftId], *, lock: bool = False) -> Earlier:
    """The lines of these gifts, of what stands in their place and of their reversals, by key.

    lock: no other transaction refunds or corrects one of these gifts until this one ends.
    """
    wanted = list(gifts)
    if not wanted:
        return {}
    mentioned = [as_array(source for source, _ in wanted), as_array(number for _, number in wanted)]
    if lock:
        lock_gifts(mentioned)
    with joined_by_sets(len(wanted)), connection.cursor() as cursor:
        cursor.execute(EARLIER, mentioned)
        found = {(row[0], row[1], row[2]): line_of(row) for row in cursor.fetchall()}
    return found | lines_of_ours(wanted)


def lines_of_ours(gifts: Iterable[GiftId]) -> dict[GiftKey, EarlierLine]:
    """The lines of gifts that are called by numbers of ours, under these."""
    prefix = number_of_ours(current_agency_id() or 0, "")
    ids = {
        int(number.removeprefix(prefix))
        for source, number in gifts
        if source == BY_HAND and _OWN_ID.fullmatch(number.removeprefix(prefix))
    }
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OF_OURS, [as_array(map(str, ids))])
        return {
            (BY_HAND, row[1], f"{prefix}{row[0]}"): EarlierLine(
                donor=None,
                date=row[2],
                amount=Money(row[3], row[4]),
                tendered=None if row[5] is None else Money(row[5], row[6]),
                withdrawn=row[7],
            )
            for row in cursor.fetchall()
        }


def as_array(texts: Iterable[str]) -> str:
    """Texts as one constant: a list becomes as many, and 200,000 numbers take PostgreSQL's parser a quarter of a
    gigabyte.
    """
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def lock_gifts(mentioned: list[str]) -> None:
    """Lock gifts as `refund_gift` and `correct_gift` do, before anything else and in the order of their ids.

    Whoever held one of them may have put another in its place, so it is asked again until nothing new comes.
    """
    locked: set[int] = set()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(IDS, mentioned)
            found = {row[0] for row in cursor.fetchall()} - locked
            if not found:
                return
            cursor.execute(LOCK, [as_array(map(str, found))])
            locked |= found


def line_of(row: tuple[Any, ...]) -> EarlierLine:
    """One earlier line, from a row of EARLIER."""
    donor, date, amount, currency, tendered, tendered_currency, reverses, reverses_source, withdrawn, *first = row[3:]
    return EarlierLine(
        donor=donor,
        date=date,
        amount=Money(amount, currency),
        tendered=None if tendered is None else Money(tendered, tendered_currency),
        reverses=reverses,
        reverses_source=reverses_source,
        withdrawn=withdrawn,
        stands_for=None if first[0] is None else (first[0], first[1]),
    )
