"""What has been published, as the person who asks may see it: PostgreSQL leaves out the rest."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Value, When

from alliances.arithmetic import Figure, Kind, over_time
from alliances.models import Audience, Member, Publication


@dataclass(frozen=True, slots=True)
class Reading:
    """The last revision for one period: what the alliance says about it."""

    publication: Publication
    content: dict[str, Any]

    @property
    def label(self) -> str:
        return str(self.content["period"]["label"])

    @property
    def net(self) -> Decimal | None:
        return number(self.content["net"])

    @property
    def gross(self) -> Decimal | None:
        return number(self.content["gross"])

    @property
    def overlaps(self) -> list[Decimal]:
        return [Decimal(each) for each in self.content["overlaps"]]

    @property
    def reported(self) -> tuple[int, int]:
        counts = self.content["completeness"]
        return counts["reported"], counts["expected"]


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def read(publication: Publication) -> Reading:
    """A publication with its document opened."""
    return Reading(publication, json.loads(bytes(publication.document)))


def audience_of(member: Member | None) -> str:
    """The audience to which a person of this member belongs; the backbone reads what the implementing members read."""
    return member.kind if member else Audience.IMPLEMENTING


def readings(member: Member | None, indicator_ids: Iterable[int] | None = None) -> dict[int, list[Reading]]:
    """By indicator, the last revision of each period for the reader's own audience, or else for anybody;
    the newest period first.
    """
    own = audience_of(member)
    nearest = Case(When(audience=own, then=Value(0)), default=Value(1))
    wanted = Publication.objects.filter(audience__in=[own, Audience.PUBLIC]).select_related("period")
    if indicator_ids is not None:
        wanted = wanted.filter(indicator_id__in=list(indicator_ids))
    rows = wanted.order_by("indicator_id", "-period__starts", "period_id", nearest, "-revision")
    found: dict[int, list[Reading]] = {}
    for publication in rows.distinct("indicator_id", "period__starts", "period_id"):
        found.setdefault(publication.indicator_id, []).append(read(publication))
    return found


def so_far(kind: str, series: list[Reading]) -> Decimal | None:
    """All published periods as one number, where the kind allows it: a flow is added up, a count at a date is its
    latest.
    """
    known = [reading.net for reading in reversed(series) if reading.net is not None]
    if not known:
        return None
    return over_time(Kind(kind), [Figure(amount=net) for net in known]).amount
