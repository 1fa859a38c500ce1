"""Old and new beside each other, per designation, month and currency, up to the day before the go-live date."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth

from agencies.models import Membership
from agencies.rights import ALL, RIGHTS
from funds.models import OpeningBalance
from imports.models import ImportRun
from partners.models import CommitmentEvent, DifferenceNote, Gift, GiftLine, GoLiveSignature, OldTotals
from partners.models.go_live import ComparedKind

Key = tuple[str, str, str, str]
"""Kind, code of the designation ("" in suspense), month ("" for an opening balance), currency."""
Figure = tuple[int, int | None]
"""Minor units, and how many gifts (None: not told)."""


@dataclass(frozen=True)
class Line:
    """One line of the comparison. An old figure of None: the old system tells nothing of it."""

    key: Key
    old: Figure | None
    new: Figure
    note: str = ""

    @property
    def difference(self) -> int:
        """New less old, in minor units."""
        return self.new[0] - (self.old[0] if self.old else 0)

    @property
    def gifts(self) -> int:
        """How many gifts more there are here; 0 where the old system counted none."""
        counted = self.old[1] if self.old else 0
        return 0 if counted is None else (self.new[1] or 0) - counted

    @property
    def differs(self) -> bool:
        return bool(self.difference or self.gifts)


@dataclass(frozen=True)
class Comparison:
    """Everything that is signed: the date, the lines with their notes, and what imports left behind."""

    live_on: date
    lines: list[Line]
    left: dict[str, int] = field(default_factory=dict)
    has_table: bool = False

    @property
    def differing(self) -> list[Line]:
        """The lines in which old and new differ."""
        return [line for line in self.lines if line.differs]

    @property
    def unexplained(self) -> int:
        """How many differences nobody has explained."""
        return sum(1 for line in self.differing if not line.note)

    @property
    def has_history(self) -> bool:
        """Whether anything stands here from before the date."""
        return any(line.new[0] or line.new[1] for line in self.lines)

    def figures(self) -> dict[str, Any]:
        """The same as plain values, as a signature freezes them."""
        lines = [[*line.key, line.old and list(line.old), list(line.new), line.note] for line in self.lines]
        return {"live_on": self.live_on.isoformat(), "lines": lines, "left": self.left, "table": self.has_table}

    def digest(self) -> str:
        """The SHA-256 of the figures."""
        plain = json.dumps(self.figures(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def compared(live_on: date) -> Comparison:
    """Old and new as they stand now. Six queries, however much there is."""
    table = OldTotals.objects.order_by("-pk").first()
    told = table.rows if table else []
    old: dict[Key, Figure] = {
        (kind, code, month, currency): (minor, count)
        for kind, code, month, currency, minor, count in told
        if f"{month}-01" < live_on.isoformat()
    }
    new = {**gifts_before(live_on), **openings()}
    said = {
        ((each.kind, each.code, each.month, each.currency), each.difference, each.gifts): each.note
        for each in DifferenceNote.objects.order_by("pk")
    }
    lines = []
    for key in sorted({*old, *new}, key=lambda each: (each[0], each[1], each[3], each[2])):
        nothing: Figure = (0, 0 if key[0] == ComparedKind.GIFTS else None)
        line = Line(key, old.get(key), new.get(key, nothing))
        lines.append(Line(line.key, line.old, line.new, said.get((key, line.difference, line.gifts), "")))
    return Comparison(live_on, lines, left_behind(live_on), table is not None)


def gifts_before(live_on: date) -> dict[Key, Figure]:
    """What stands here of gifts before a day. One query."""
    lines = GiftLine.objects.standing().filter(gift__date__lt=live_on)
    named = lines.annotate(
        code=Coalesce("designation__code", Value("")), month=TruncMonth("gift__date"), currency=F("gift__currency")
    )
    rows = named.order_by().values_list("code", "month", "currency").annotate(total=Sum("amount"), lines=Count("pk"))
    return {
        (ComparedKind.GIFTS.value, code, f"{month:%Y-%m}", currency): (int(total), count)
        for code, month, currency, total, count in rows
    }


def openings() -> dict[Key, Figure]:
    """The opening balances that stand. One query."""
    standing = OpeningBalance.objects.filter(posting__reversals=None).order_by()
    rows = standing.values_list("designation__code", "currency").annotate(total=Sum("amount"))
    return {(ComparedKind.OPENING.value, code, "", currency): (int(total), None) for code, currency, total in rows}


def left_behind(live_on: date) -> dict[str, int]:
    """What imports did not bring, and what waits for a person: counts. Three queries."""
    runs = ImportRun.objects.values_list("state", "outcome__kept_out")
    kept_out, not_applied = 0, 0
    for state, rows in runs:
        if state == ImportRun.State.APPLIED:
            kept_out += int(rows or 0)
        elif state in (ImportRun.State.UPLOADED, ImportRun.State.CHECKED, ImportRun.State.APPLYING):
            not_applied += 1
    waiting = GiftLine.objects.standing().filter(gift__date__lt=live_on)
    return {
        "kept_out": kept_out,
        "not_applied": not_applied,
        "suspense": waiting.filter(designation=None).count(),
        "unidentified": waiting.filter(gift__giving_unit__is_unidentified=True).count(),
    }


def signatures() -> list[Any]:
    """All signatures that were not withdrawn, the newest first, each with `counts`: whether whoever signed may sign
    today. One query.
    """
    signing = [role for role, reach in RIGHTS["go_live.sign"].items() if reach == ALL]
    here = Membership.objects.filter(
        user=OuterRef("by"), left_at=None, grants__ended_at=None, grants__role__in=signing, user__is_active=True
    )
    return list(GoLiveSignature.objects.filter(withdrawn_at=None).annotate(counts=Exists(here)).order_by("-pk"))


COUNTED: Final = 1_001
"""So many gifts are counted: an agency that has been live for years opens the page as well."""


@dataclass(frozen=True)
class Resting:
    """What rests on the date in force: whether events of commitments were found, and how many gifts were recorded as
    news, COUNTED at most. False where nothing does.
    """

    told: bool
    gifts: int

    def __bool__(self) -> bool:
        return self.told or self.gifts > 0


def resting_on(live_on: date) -> Resting:
    """What rests on the date in force. The gifts of weeks in which both systems were kept rest on nothing, also where
    they lie after the date: nobody was told of a gift that was recorded before the last signature. Three queries.
    """
    news = Gift.objects.standing().filter(date__gte=live_on)
    signed = GoLiveSignature.objects.filter(withdrawn_at=None, live_on=live_on)
    since = signed.order_by("-pk").values_list("at", flat=True).first()
    if since is not None:
        news = news.filter(posting__posted_at__gte=since)
    return Resting(CommitmentEvent.objects.exists(), news[:COUNTED].count())
