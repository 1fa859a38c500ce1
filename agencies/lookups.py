"""The questions that may be asked before a scope exists (trust rule T2a). Each answers with ids only.

`agency_ids` stands beside the three because nightly work and commands that visit every agency have nobody to ask for
a slug and nothing that is due yet; the web role may not call it.
"""

from dataclasses import dataclass

from django.db import connection

AGENCY_IDS = """
CREATE OR REPLACE FUNCTION agency_ids() RETURNS SETOF bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT id FROM public.agencies_agency ORDER BY id $$;
GRANT EXECUTE ON FUNCTION agency_ids() TO yokefellow_worker;
"""
LOOKUPS = """
CREATE OR REPLACE FUNCTION agency_by_slug(wanted text) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT id FROM public.agencies_agency WHERE slug = wanted $$;
CREATE OR REPLACE FUNCTION memberships_of(person bigint) RETURNS TABLE (agency_id bigint, membership_id bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT agency_id, id FROM public.agencies_membership WHERE user_id = person AND left_at IS NULL ORDER BY id $$;
GRANT EXECUTE ON FUNCTION agency_by_slug(text), memberships_of(bigint) TO PUBLIC;
"""
FUNCTIONS = LOOKUPS + AGENCY_IDS


@dataclass(frozen=True)
class Place:
    """A membership, by its ids."""

    agency_id: int
    membership_id: int


def agency_by_slug(slug: str) -> int | None:
    """The agency behind an address, or None. Says nothing about who may enter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_by_slug(%s)", [slug])
        row = cursor.fetchone()
    return row[0] if row else None


def memberships_of(user_id: int) -> list[Place]:
    """Where a person serves now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id, membership_id FROM memberships_of(%s)", [user_id])
        return [Place(*row) for row in cursor.fetchall()]


def place_in(slug: str, user_id: int) -> Place | None:
    """The membership of a person in the agency of this slug, or None: no such agency and no such member look the
    same.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id, membership_id FROM memberships_of(%s) WHERE agency_id = agency_by_slug(%s)",
            [user_id, slug],
        )
        row = cursor.fetchone()
    return Place(*row) if row else None


def agency_ids() -> list[int]:
    """Every agency, for the worker role alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_ids()")
        return [row[0] for row in cursor.fetchall()]
