"""The two questions that may be asked before an alliance is in scope (trust rule T2a). Each answers with ids only.

Each kind of space has the same two: which space is behind this address, and where may this person sit.
"""

from dataclasses import dataclass

from django.db import connection

FUNCTIONS = """
CREATE OR REPLACE FUNCTION alliance_by_slug(wanted text) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT id FROM public.alliances_alliance WHERE slug = wanted $$;
CREATE OR REPLACE FUNCTION seats_of(person bigint)
  RETURNS TABLE (alliance_id bigint, member_id bigint, representative_id bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT r.alliance_id, r.member_id, r.id FROM public.alliances_representative r
        LEFT JOIN public.alliances_member m ON m.alliance_id = r.alliance_id AND m.id = r.member_id
        LEFT JOIN public.alliances_backbone b ON b.alliance_id = r.alliance_id AND b.id = r.backbone_id
        WHERE r.user_id = person AND r.ended_at IS NULL AND m.state IS DISTINCT FROM 'left' AND b.ended_at IS NULL
        ORDER BY r.id $$;
GRANT EXECUTE ON FUNCTION alliance_by_slug(text), seats_of(bigint) TO PUBLIC;
"""


@dataclass(frozen=True)
class Place:
    """A seat in an alliance, by its ids. `member_id` is None for the staff of the backbone."""

    alliance_id: int
    member_id: int | None
    representative_id: int


def alliance_by_slug(slug: str) -> int | None:
    """The alliance behind an address, or None. Says nothing about who may enter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT alliance_by_slug(%s)", [slug])
        row = cursor.fetchone()
    return row[0] if row else None


def seats_of(user_id: int) -> list[Place]:
    """Where a person sits now, in members that have not left and backbones that have not ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT alliance_id, member_id, representative_id FROM seats_of(%s)", [user_id])
        return [Place(*row) for row in cursor.fetchall()]


def place_in(slug: str, user_id: int) -> Place | None:
    """The seat of a person in the alliance of this slug, or None: no such alliance and no such seat look the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT alliance_id, member_id, representative_id FROM seats_of(%s) "
            "WHERE alliance_id = alliance_by_slug(%s)",
            [user_id, slug],
        )
        row = cursor.fetchone()
    return Place(*row) if row else None
