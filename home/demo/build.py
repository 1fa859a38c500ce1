"""Making the demo, and taking it away."""

import contextlib
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from environ import Env

from agencies.demo import PARTS
from agencies.lookups import agency_by_slug, agency_ids
from agencies.scope import Scope, fresh
from core.roles import database_url
from home.demo.harbor import build_harbor
from home.demo.people import person
from home.demo.small import AGENCIES, BACKBONE, build_small
from jobs.operations.sweep import remove_files_of

DEMO_SCOPES = """
SELECT id, NULL::bigint FROM agencies_agency WHERE is_demo
UNION ALL SELECT NULL::bigint, id FROM alliances_alliance WHERE is_demo
"""


def is_empty() -> bool:
    """Whether nobody has an agency here yet."""
    return not agency_ids()


def build() -> None:
    """Make everything, in one transaction."""
    agencies: dict[str, int] = {}
    with transaction.atomic():
        with fresh():
            build_harbor()
        for plan in (*AGENCIES, BACKBONE):
            with fresh():
                agencies[plan.slug] = build_small(plan).pk
        for part in PARTS:
            with fresh():
                part.build(agencies, person)


def is_built() -> bool:
    """Whether an agency of the demo's address is here."""
    return any(agency_by_slug(plan.slug) is not None for plan in (*AGENCIES, BACKBONE))


def reset() -> None:
    """Take away the agencies and alliances that carry the demo's flag with their files, and nothing else.

    As the owner: no other role may call the function. Its address comes from that of the provisioning role, which a
    worker of a real installation has not got.
    """
    with contextlib.closing(owners_connection()) as owner, owner, owner.cursor() as cursor:
        cursor.execute(DEMO_SCOPES)
        gone = [Scope(agency_id=agency, alliance_id=alliance) for agency, alliance in cursor.fetchall()]
        cursor.execute("SELECT delete_demo()")
    for scope in gone:
        remove_files_of(scope)


def owners_connection() -> Any:
    """A connection of the driver to the same database as the owner. It commits at the end of its `with`."""
    found = Env.db_url_config(database_url("owner"))
    owner = connections[DEFAULT_DB_ALIAS].copy()
    owner.settings_dict.update(USER=found.get("USER", ""), PASSWORD=found.get("PASSWORD", ""))
    return owner.get_new_connection(owner.get_connection_params())
