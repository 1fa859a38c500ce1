"""The transition of a partner's commitments, on the record and at the telephone."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from partners.models import Partner
from ssu.models.discretion import shown_member_name, shown_unit_name
from transition.models import Shift
from transition.pages.wave import TONES, label_of
from transition.queries.lists import givers_of
from transition.states import LISTED, acts_in_order


def shift_part(request: HttpRequest, *, partner: Partner, **context: Any) -> str:
    """A card with the commitments on their way, for whom they are. At most three queries."""
    return shown(request, partner, "transition/_partner_shifts.html")


def shift_notice(request: HttpRequest, *, partner: Partner, **context: Any) -> str:
    """What the caller was told of the shift to the unit, or that nobody has told them. At most three queries."""
    return shown(request, partner, "transition/_call_shifts.html")


def shown(request: HttpRequest, partner: Partner, template: str) -> str:
    """The rows in a template, "" where there are none."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    rows = shift_words(seat, partner) if seat.can("transition.view") else []
    return render_to_string(template, {"rows": rows}, request=request) if rows else ""


def shift_words(seat: Seat, partner: Partner) -> list[dict[str, str]]:
    """Each commitment of the partner in a wave that was opened: how far it is, and who talks to them."""
    opened = Shift.objects.seen_by(seat).filter(wave__opened_on__isnull=False, wave__plan__ended_at=None)
    mine = opened.filter(commitment__giving_unit__partner=partner).prefetch_related("acts").order_by("-pk")
    named = mine.annotate(
        talker_name=shown_member_name("talker", seat, "wave__plan__unit"),
        unit_name=shown_unit_name("wave__plan__unit", seat),
    )
    found = list(named)
    givers = givers_of(seat, [each.commitment_id for each in found]) if found else {}
    openly = [each for each in found if getattr(givers.get(each.commitment_id), "partner_id", None)]
    return [words(seat, each, givers[each.commitment_id].designation) for each in openly]


def words(seat: Seat, shift: Any, account: str) -> dict[str, str]:
    """One commitment in words."""
    acts = acts_in_order(shift.acts.all())
    kind = acts[-1].kind if acts else LISTED
    talker = (shift.talker_name or "") if shift.talker_id else ""
    return {
        "title": _("%(account)s to %(unit)s") % {"account": account, "unit": shift.unit_name},
        "state": label_of(kind),
        "tone": TONES[kind],
        "since": day_in_words(seat.agency, acts[-1].on) if acts else "",
        "talker": talker,
        "not_told": "yes" if kind == LISTED else "",
        "url": reverse("shift", args=[seat.agency.slug, shift.pk]),
    }
