"""The bytes of a publication: canonical JSON, so that the same content has the same hash everywhere and for ever.

Keys are sorted, there is no white space, text is UTF-8, numbers are decimal strings without an exponent.
The document holds the total and
how complete it is, never one member's number: those can be withdrawn, and these bytes cannot.
Each revision names the hash of the one before.
"""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from alliances.models import Audience, Publication
from alliances.queries.rollup import Completeness, RollUp, as_decimal

FORMAT = "yokefellow.publication/1"


@dataclass(frozen=True, slots=True)
class Made:
    """A document and its hash."""

    content: dict[str, Any]
    data: bytes
    sha256: str


def publication_document(roll: RollUp, *, alliance: str, previous: Publication | None, erratum: str = "") -> Made:
    """Write down what an audience is to see of a period, as the revision after `previous`."""
    version = roll.period.version
    content = {
        "format": FORMAT,
        "alliance": alliance,
        "indicator": {
            "name": version.indicator.name,
            "version": version.number,
            "kind": version.kind,
            "unit": version.unit,
            "definition": version.definition,
        },
        "period": {
            "label": roll.period.label,
            "starts": roll.period.starts.isoformat(),
            "ends": roll.period.ends.isoformat(),
        },
        "audience": roll.audience,
        "revision": previous.revision + 1 if previous else 1,
        "supersedes": previous.sha256 if previous else None,
        "erratum": erratum,
        **figures(roll),
        "completeness": complete(roll.completeness, inside=roll.audience == Audience.IMPLEMENTING),
    }
    return made(content)


def figures(roll: RollUp) -> dict[str, Any]:
    """gross − overlaps = net, as strings. A period to which nobody contributes has no figures, which is not zero."""
    total = roll.total
    if total.gross is None or total.net is None or not roll.contributions:
        return {"gross": None, "overlaps": [], "net": None}
    return {
        "gross": plain(as_decimal(total.gross)),
        "overlaps": [plain(roll.counted_twice())] if roll.counted_twice() else [],
        "net": plain(as_decimal(total.net)),
    }


def complete(counts: Completeness, *, inside: bool) -> dict[str, Any]:
    """The counts; who is missing is named to the implementing members only."""
    told = {
        "expected": counts.expected,
        "reported": counts.reported,
        "included": counts.included,
        "estimated": counts.estimated,
        "on_time": counts.on_time,
        "without_number": counts.without_number,
    }
    return {**told, "missing": list(counts.missing)} if inside else told


def made(content: dict[str, Any]) -> Made:
    """The canonical bytes of a content."""
    data = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return Made(content, data, hashlib.sha256(data).hexdigest())


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros that say nothing: 30, 1.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
