"""A publication in preparation: what the audience would see to the byte, and all that speaks against it."""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from alliances.arithmetic import DoesNotFit
from alliances.differencing import told_by_differences
from alliances.disclosure import may_show_members, revealed_by_overlaps, why_not
from alliances.documents import Made, publication_document
from alliances.models import Alliance, LineKind, Period, Publication, PublicationLine
from alliances.queries.rollup import RollUp, as_decimal, roll_up


@dataclass(frozen=True, slots=True)
class Preparation:
    """The next revision for one audience. `refusal` is why it cannot go out; `made` is then not to be published."""

    period: Period
    audience: str
    previous: Publication | None
    refusal: str
    warnings: tuple[str, ...] = ()
    roll: RollUp | None = None
    made: Made | None = None
    changed: bool = True

    @property
    def revision(self) -> int:
        return self.previous.revision + 1 if self.previous else 1

    def lines(self) -> list[PublicationLine]:
        """The lines to store: gross − overlaps = net, then the numbers of the members that consented to show them."""
        if self.roll is None or self.roll.total.gross is None or self.roll.total.net is None:
            return []
        rows: list[tuple[str, int | None, Decimal]] = [(LineKind.GROSS, None, as_decimal(self.roll.total.gross))]
        if self.roll.counted_twice():
            rows.append((LineKind.OVERLAP, None, self.roll.counted_twice()))
        rows.append((LineKind.NET, None, as_decimal(self.roll.total.net)))
        rows += [(LineKind.MEMBER, member_id, amount) for member_id, amount in self.shown_members()]
        return [
            PublicationLine(position=position, kind=kind, member_id=member_id, value=value)
            for position, (kind, member_id, value) in enumerate(rows, start=1)
        ]

    def shown_members(self) -> list[tuple[int, Decimal]]:
        """The numbers that may stand beside the total for this audience."""
        if self.roll is None or not may_show_members(self.roll.contributions):
            return []
        return [(each.member_id, each.amount) for each in self.roll.contributions if each.shown]


def prepare(*, alliance: Alliance, period: Period, audience: str, erratum: str = "") -> Preparation:
    """Prepare the next revision for an audience, in the scope of the backbone."""
    previous = Publication.objects.filter(period=period, audience=audience).order_by("-revision").first()
    try:
        roll = roll_up(alliance, period, audience)
    except DoesNotFit:
        words = _(
            "What was agreed about an overlap does not fit the numbers reported. Ask both members to settle it again."
        )
        return Preparation(period, audience, previous, words)
    made = publication_document(roll, alliance=alliance.name, previous=previous, erratum=erratum)
    refusal, warnings = judge(alliance, roll)
    changed = previous is None or differs(made, previous)
    return Preparation(period, audience, previous, refusal, warnings, roll, made, changed)


def judge(alliance: Alliance, roll: RollUp) -> tuple[str, tuple[str, ...]]:
    """Why not, and what to think about first."""
    warnings = []
    if roll.not_consented:
        names = ", ".join(roll.not_consented)
        warnings.append(_("Not included, for want of consent for this audience: %(names)s.") % {"names": names})
    if roll.open_overlaps:
        warnings.append(
            _("Overlaps that are not settled: %(count)d. Nothing is subtracted for them.")
            % {"count": roll.open_overlaps}
        )
    refusal = why_not(roll.contributions) or why_not_overlaps(roll)
    told = tuple(told_by_differences(alliance, roll))
    if told and not refusal and roll.period.version.person_level:
        words = _("This indicator counts people who could be recognized, so it needs that member's consent.")
        refusal = " ".join([*told, words])
    elif not refusal:
        warnings += told
    return refusal, tuple(warnings)


def why_not_overlaps(roll: RollUp) -> str:
    """Why what is subtracted must not be published, and the way out; "" when it may."""
    pairs = [(each.one, each.other) for each in roll.settled]
    taken = dict(zip(pairs, roll.total.overlaps, strict=False))
    shown = frozenset(each.member_id for each in roll.contributions if each.shown)
    revealed = revealed_by_overlaps(taken, roll.amounts(), shown)
    if not revealed:
        return ""
    names = ", ".join(roll.names[member_id] for member_id in sorted(revealed))
    return _(
        "What is subtracted as counted twice would be the number of %(names)s. Ask for consent to show that number to "
        "this audience; or, if not all of it was counted twice, ask both members to agree on their number together."
    ) % {"names": names}


def differs(made: Made, previous: Publication) -> bool:
    """Whether anything but revision, hash and erratum has changed since the revision before."""
    before = json.loads(bytes(previous.document))
    aside = {"revision", "supersedes", "erratum"}
    return {k: v for k, v in made.content.items() if k not in aside} != {
        k: v for k, v in before.items() if k not in aside
    }
