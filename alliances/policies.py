"""Who sees and writes which row inside an alliance, for PostgreSQL (trust rule T2b).
`current_member()` is null for the backbone.

The default for every table would be "a row of the alliance in scope": too wide for what is private to a member.
So every table of
this app is named here, and every migration that adds one ends with `protect()` and not with a bare `Protect()`.
"""

from typing import Final

from agencies.protect import Protect

HERE: Final = "alliance_id = current_alliance()"
BACKBONE: Final = f"{HERE} AND current_member() IS NULL"
OWN: Final = f"{HERE} AND member_id = current_member()"
OF_BACKBONE: Final = "state IN ('submitted', 'accepted', 'returned')"

Rule = tuple[str, str, str]
WRITTEN_BY_BACKBONE: Final[list[Rule]] = [("read", "SELECT", HERE), ("backbone", "ALL", BACKBONE)]

HANDED_IN = "SELECT s.id FROM alliances_submission s WHERE s.alliance_id = current_alliance()"
OVERLAPS = "SELECT o.id FROM alliances_overlap o WHERE o.alliance_id = current_alliance()"
PUBLICATIONS = "SELECT p.id FROM alliances_publication p WHERE p.alliance_id = current_alliance()"
MY_KIND = "SELECT m.kind FROM alliances_member m WHERE m.alliance_id = current_alliance() AND m.id = current_member()"
OWN_OR_CONSENTED = """member_id = current_member() OR EXISTS (
  SELECT 1 FROM alliances_publication p
  JOIN alliances_consent c ON c.alliance_id = p.alliance_id AND c.indicator_id = p.indicator_id AND c.audience =
  p.audience
  WHERE p.alliance_id = current_alliance() AND p.id = alliances_publicationline.publication_id
    AND c.member_id = alliances_publicationline.member_id AND c.form = 'member_value'
    AND c.revoked_at IS NULL AND (c.expires_on IS NULL OR c.expires_on >= CURRENT_DATE))"""

OF_THE_ALLIANCE = [
    "alliancechange",
    "backbone",
    "representative",
    "agreement",
    "agendaversion",
    "agendaitem",
    "prayerstrategy",
    "rhythm",
    "indicator",
    "indicatorversion",
    "period",
    "obligation",
]

POLICIES: Final[dict[str, list[Rule]]] = {
    **dict.fromkeys(OF_THE_ALLIANCE, WRITTEN_BY_BACKBONE),
    "alliance": [
        ("read", "SELECT", "id = current_alliance()"),
        ("backbone", "ALL", "id = current_alliance() AND current_member() IS NULL"),
    ],
    "member": [*WRITTEN_BY_BACKBONE, ("own", "UPDATE", f"{HERE} AND id = current_member()")],
    "memberchange": [*WRITTEN_BY_BACKBONE, ("own", "INSERT", OWN)],
    "seatinvitation": [("backbone", "ALL", BACKBONE)],
    "signature": [("read", "SELECT", HERE), ("own", "INSERT", OWN)],
    "prayerrequest": [
        (
            "read",
            "SELECT",
            f"{HERE} AND (audience = 'alliance' OR current_member() IS NULL OR member_id = current_member())",
        ),
        ("own", "ALL", f"{HERE} AND member_id IS NOT DISTINCT FROM current_member()"),
    ],
    "submission": [
        (
            "read",
            "SELECT",
            f"{HERE} AND (member_id = current_member() OR (current_member() IS NULL AND {OF_BACKBONE}))",
        ),
        ("own_begin", "INSERT", OWN),
        ("own_change", "UPDATE", OWN),
        ("own_discard", "DELETE", f"{OWN} AND state = 'draft'"),
        ("review", "UPDATE", f"{BACKBONE} AND {OF_BACKBONE}"),
    ],
    "observation": [
        (
            "read",
            "SELECT",
            f"{HERE} AND (member_id = current_member() OR current_member() IS NULL AND submission_id IN ({HANDED_IN}))",
        ),
        ("own_begin", "INSERT", OWN),
        ("own_change", "UPDATE", OWN),
        ("own_discard", "DELETE", OWN),
    ],
    "overlap": [
        ("read", "SELECT", f"{HERE} AND (current_member() IS NULL OR current_member() IN (one_id, other_id))"),
        ("backbone", "ALL", BACKBONE),
    ],
    "overlapstance": [
        ("read", "SELECT", f"{HERE} AND overlap_id IN ({OVERLAPS})"),
        ("own", "INSERT", f"{OWN} AND overlap_id IN ({OVERLAPS})"),
    ],
    "consent": [
        (
            "read",
            "SELECT",
            f"{HERE} AND (current_member() IS NULL OR member_id = current_member() OR form = 'member_value')",
        ),
        ("own_give", "INSERT", OWN),
        ("own_revoke", "UPDATE", OWN),
    ],
    "publication": [
        ("read", "SELECT", f"{HERE} AND (current_member() IS NULL OR audience = 'public' OR audience IN ({MY_KIND}))"),
        ("backbone", "INSERT", BACKBONE),
    ],
    "publicationline": [
        (
            "read",
            "SELECT",
            f"{HERE} AND publication_id IN ({PUBLICATIONS}) AND (member_id IS NULL OR {OWN_OR_CONSENTED})",
        ),
        ("backbone", "INSERT", BACKBONE),
    ],
}

APPEND_ONLY: Final = (
    "alliancechange",
    "memberchange",
    "signature",
    "prayerstrategy",
    "overlapstance",
    "publication",
    "publicationline",
)


def protect() -> Protect:
    """The operation that closes every migration of this app which adds a table."""
    return Protect(append_only=APPEND_ONLY, policies=POLICIES)
