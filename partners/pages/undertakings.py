"""What a partner undertakes besides giving, in words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from partners.models import Partner, Undertaking


@dataclass(frozen=True)
class UndertakingRow:
    """One that stands. `is_prayer`: a letter of news and prayer goes by it. The addresses are "" for who may not."""

    words: str
    about: str
    since: str
    how_known: str
    change_url: str
    end_url: str


def undertakings_of(seat: Seat, partner: Partner) -> Any:
    """What the partner undertakes or undertook, as the seat may know it."""
    return Undertaking.objects.seen_by(seat).kept().named_for(seat).filter(partner=partner)


def undertaking_rows(seat: Seat, partner: Partner) -> list[UndertakingRow]:
    """What the partner undertakes now: prayer first. One query."""
    found = undertakings_of(seat, partner).standing().order_by("kind", "unit_name", "pk")
    return [row(seat, each) for each in found]


def row(seat: Seat, each: Any) -> UndertakingRow:
    """One in words, with what may be done about it: for the agency as a whole by the office alone."""
    may_act = not each.is_closed and (each.unit_id is not None or seat.unit_ids("partners.contact") is None)
    here = [seat.agency.slug, each.pk]
    return UndertakingRow(
        words=in_words(each),
        about=each.shown_about,
        since=day_in_words(seat.agency, each.starts_on),
        how_known=str(Undertaking.Basis(each.basis).label),
        change_url=reverse("undertaking_change", args=here) if may_act else "",
        end_url=reverse("undertaking_end", args=here) if may_act else "",
    )


def in_words(each: Any) -> str:
    """ "Prays for Riverbend, every week". Needs `unit_name`."""
    sentences = {
        Undertaking.Kind.PRAY: _("prays for %(what)s"),
        Undertaking.Kind.PROMOTE: _("promotes %(what)s"),
    }
    what = each.unit_name if each.unit_id is not None else _("the agency as a whole")
    said = capfirst(sentences[each.kind] % {"what": what})
    return f"{said}, {Undertaking.Rhythm(each.rhythm).label}" if each.rhythm else said
