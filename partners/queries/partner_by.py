"""By what somebody is a partner now: giving, praying, promoting."""

from collections.abc import Collection
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.periods import add_months
from partners.models import Commitment, GiftLine, Partner, Undertaking
from partners.models.discretion import in_field
from partners.models.holder import is_held
from partners.models.partner import units_by_name
from partners.queries.giving_reports.questions import GAP

GIVES, PRAYS, PROMOTES = "gives", "prays", "promotes"
LABELS: Final[dict[str, str | Promise]] = {
    GIVES: _("giving"),
    PRAYS: _("praying"),
    PROMOTES: _("promoting"),
}
CHOICES: Final[dict[str, tuple[str | Promise, frozenset[str], frozenset[str]]]] = {
    GIVES: (_("Giving"), frozenset({GIVES}), frozenset()),
    PRAYS: (_("Praying"), frozenset({PRAYS}), frozenset()),
    PROMOTES: (_("Promoting"), frozenset({PROMOTES}), frozenset()),
    "gives_prays": (_("Giving and praying"), frozenset({GIVES, PRAYS}), frozenset()),
    "gives_promotes": (_("Giving and promoting"), frozenset({GIVES, PROMOTES}), frozenset()),
    "prays_promotes": (_("Praying and promoting"), frozenset({PRAYS, PROMOTES}), frozenset()),
    "all": (_("Giving, praying and promoting"), frozenset({GIVES, PRAYS, PROMOTES}), frozenset()),
    "prays_only": (_("Praying, not giving"), frozenset({PRAYS}), frozenset({GIVES})),
    "promotes_only": (_("Promoting, not giving"), frozenset({PROMOTES}), frozenset({GIVES})),
}
"""What the list is filtered by: its words, what must be so, what must not."""


def conditions(seat: Seat, unit_id: int | None = None) -> dict[str, Q]:
    """What says of a partner that it gives, prays, promotes: for one unit, else as far as the seat may know it. At most
    one query.
    """
    alive, units = Q(deceased_on=None), (units_by_name(seat) or ()) if in_field(seat) else ()
    return {
        GIVES: gives(seat, unit_id, units),
        PRAYS: alive & undertaken(seat, Undertaking.Kind.PRAY, unit_id, units),
        PROMOTES: alive & undertaken(seat, Undertaking.Kind.PROMOTE, unit_id, units),
    }


def partner_by(seat: Seat, choice: str, unit_id: int | None = None) -> Q:
    """The condition of one of `CHOICES`."""
    _words, needed, lacking = CHOICES[choice]
    known, wanted = conditions(seat, unit_id), Q()
    for name in sorted(needed):
        wanted &= known[name]
    for name in sorted(lacking):
        wanted &= ~known[name]
    return wanted


def gives(seat: Seat, unit_id: int | None, units: Collection[int]) -> Q:
    """Whether a partner gave within `GAP` months or has a commitment that holds today; in the field openly, to one's
    `units` or to those in which one holds the partner.
    """
    today = seat.agency.today()
    lines = GiftLine.objects.standing().filter(
        gift__giving_unit__partner=OuterRef("pk"), gift__date__gte=add_months(today, -GAP), amount__gt=0
    )
    promised = Commitment.objects.active_on(today).filter(giving_unit__partner=OuterRef("pk"))
    if unit_id is not None:
        lines, promised = lines.filter(designation__unit=unit_id), promised.filter(designation__unit=unit_id)
    if in_field(seat):
        mine = Q(designation__unit__in=units)
        held_by_gift = is_held(seat, "gift__giving_unit__partner", "designation__unit")
        held_by_promise = is_held(seat, "giving_unit__partner", "designation__unit")
        lines = lines.filter(mine | held_by_gift, gift__anonymous=False)
        promised = promised.filter(mine | held_by_promise).openly_for(seat)
    return Q(Exists(lines)) | Q(Exists(promised))


def undertaken(seat: Seat, kind: str, unit_id: int | None, units: Collection[int]) -> Q:
    """Whether a partner prays or promotes; in the field for one's `units` or for those in which one holds the
    partner.
    """
    found = Undertaking.objects.standing().filter(partner=OuterRef("pk"), kind=kind)
    if unit_id is not None:
        found = found.filter(unit=unit_id)
    elif in_field(seat):
        found = found.filter(Q(unit__in=units) | is_held(seat, "partner", "unit"))
    return Q(Exists(found))


def partner_by_of(seat: Seat, partner_ids: Collection[int]) -> dict[int, list[str]]:
    """By what these partners are partners, in words. One query, in the field at most two."""
    found = Partner.objects.filter(pk__in=partner_ids).annotate(
        **{f"by_{name}": condition for name, condition in conditions(seat).items()}
    )
    rows = found.values_list("pk", *(f"by_{name}" for name in LABELS))
    return {pk: [str(label) for label, holds in zip(LABELS.values(), said, strict=True) if holds] for pk, *said in rows}
