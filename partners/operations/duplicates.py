"""Looking for records that may be one partner: in the whole agency, or for those that changed.

Blocks first, then a closer look: two are compared when they share an e-mail address, a telephone number, a postal
address, a number of another system, or the beginnings of a name. A crowded block is not compared each with each: its
members stand in the order of their names, and each is compared with so many that follow. So the pairs grow with the
number of partners and never with its square.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from agencies.models import Agency
from partners.matching import NAMES, SPOUSE, Match, Traits, compare, keys_of, name_keys
from partners.models import DuplicateCandidate, MatchKey, Partner
from partners.queries.traits import Pair, decided_pairs, pair_of, related_pairs, traits_of

AT_ONCE: Final = 2000
"""Partners or keys that are held in memory at a time."""
NEIGHBORS: Final = 20

BLOCKS = """
SELECT DISTINCT least(a.partner_id, b), greatest(a.partner_id, b) FROM (
  SELECT partner_id, array_agg(partner_id) OVER (
    PARTITION BY key ORDER BY place, partner_id ROWS BETWEEN 1 FOLLOWING AND %(neighbors)s FOLLOWING
  ) AS following
  FROM partners_matchkey WHERE agency_id = %(agency)s AND key > %(after)s AND key <= %(until)s
) a CROSS JOIN LATERAL unnest(a.following) b
"""

# The nearest of each block on both sides, for one partner.
NEAR = """
SELECT DISTINCT n.partner_id FROM partners_matchkey m CROSS JOIN LATERAL (
  (SELECT o.partner_id FROM partners_matchkey o WHERE o.agency_id = m.agency_id AND o.key = m.key
    AND (o.place, o.partner_id) > (m.place, m.partner_id) ORDER BY o.place, o.partner_id LIMIT %(neighbors)s)
  UNION ALL
  (SELECT o.partner_id FROM partners_matchkey o WHERE o.agency_id = m.agency_id AND o.key = m.key
    AND (o.place, o.partner_id) < (m.place, m.partner_id)
    ORDER BY o.place DESC, o.partner_id DESC LIMIT %(neighbors)s)
) n WHERE m.agency_id = %(agency)s AND m.partner_id = %(partner)s
"""


def take_keys(after: int) -> int | None:
    """Make the keys of the next partners behind this number anew; return the last number, None when there is none."""
    ids: list[int] = list(Partner.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return None
    keep_keys(ids)
    return ids[-1]


def keep_keys(partner_ids: Collection[int]) -> None:
    """The keys of these partners are what their records say now; who does not stand has none."""
    wanted = {(pk, key): place_of(traits) for pk, traits in traits_of(partner_ids).items() for key in keys_of(traits)}
    rows = MatchKey.objects.filter(partner__in=partner_ids).values_list("pk", "partner_id", "key", "place")
    there = {(partner_id, key, place): pk for pk, partner_id, key, place in rows}
    new = {(pk, key, place) for (pk, key), place in wanted.items()}
    MatchKey.objects.filter(pk__in=[pk for trait, pk in there.items() if trait not in new]).delete()
    missing = sorted(trait for trait in new if trait not in there)
    MatchKey.objects.bulk_create(
        (MatchKey(partner_id=pk, key=key, place=place) for pk, key, place in missing), ignore_conflicts=True
    )


def next_keys(after: str) -> str | None:
    """The last of the next keys behind this one, None when there is none. A block is never torn."""
    keys = MatchKey.objects.filter(key__gt=after).order_by("key").values_list("key", flat=True)
    there = list(keys[AT_ONCE - 1 : AT_ONCE]) or list(keys.reverse()[:1])
    return there[0] if there else None


def compare_blocks(*, agency: Agency, after: str, until: str) -> int:
    """Compare who stands in these blocks, and keep whom we propose; return how many."""
    values = {"agency": agency.pk, "after": after, "until": until, "neighbors": NEIGHBORS}
    return propose(pairs_found(BLOCKS, values))


def pairs_found(statement: str, values: dict[str, Any]) -> set[Pair]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {(one, two) for one, two in cursor.fetchall()}


def propose(pairs: Iterable[Pair]) -> int:
    """Keep those of these pairs that may be one partner, with score and reasons."""
    asked = set(pairs)
    ids = {pk for pair in asked for pk in pair}
    known = traits_of(ids)
    matches = {
        (first, second): match
        for first, second in sorted(asked - decided_pairs(ids) - related_pairs(ids))
        if first in known and second in known and (match := compare(known[first], known[second])) is not None
    }
    rows = [
        DuplicateCandidate(first_id=first, second_id=second, score=match.score, reasons=list(map(list, match.reasons)))
        for (first, second), match in told_by_more(matches, known).items()
    ]
    DuplicateCandidate.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["agency", "first", "second"],
        update_fields=["score", "reasons", "found_at"],
        batch_size=1000,
    )
    return len(rows)


def told_by_more(matches: dict[Pair, Match], known: dict[int, Traits]) -> dict[Pair, Match]:
    """The pairs less those that share nothing but a name which more than a few have: it tells nothing by itself. One
    query, and none where every pair shares more.
    """
    by_name = {pair for pair, match in matches.items() if {word for word, _ in match.reasons} <= {NAMES, SPOUSE}}
    of = [known[pk] for pair in by_name for pk in pair]
    if not of:
        return matches
    keys = {f"n{key}" for traits in of for key in name_keys(traits)}
    there = MatchKey.objects.filter(key__in=keys, place__in={place_of(traits) for traits in of})
    crowded = there.values("place").annotate(number=Count("partner", distinct=True)).filter(number__gt=NEIGHBORS)
    common = set(crowded.values_list("place", flat=True))
    dropped = {pair for pair in by_name if {place_of(known[pk]) for pk in pair} & common}
    return {pair: match for pair, match in matches.items() if pair not in dropped}


def place_of(traits: Traits) -> str:
    """The name by which a partner has its place in a block."""
    return (traits.names or ("",))[0][:80]


def forget_before(moment: datetime) -> int:
    """Whom the newest look did not find again is proposed no more."""
    gone: int
    gone, _each = DuplicateCandidate.objects.filter(found_at__lt=moment).delete()
    return gone


@transaction.atomic
def look_again(*, agency: Agency, partner_ids: Collection[int]) -> int:
    """Look for whom these partners may be the same as, now; return how many are proposed. For a few partners."""
    keep_keys(partner_ids)
    started = timezone.now()
    pairs: set[Pair] = set()
    for pk in partner_ids:
        with connection.cursor() as cursor:
            cursor.execute(NEAR, {"agency": agency.pk, "partner": pk, "neighbors": NEIGHBORS})
            pairs |= {pair_of(pk, other) for (other,) in cursor.fetchall()}
    found = propose(pairs)
    theirs = Q(first__in=partner_ids) | Q(second__in=partner_ids)
    DuplicateCandidate.objects.filter(theirs, found_at__lt=started).delete()
    return found
