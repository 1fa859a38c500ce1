"""Who belongs to a partner, on the record."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst

from agencies.seats import Seat
from partners.models import Partner, Relation, Tag
from partners.models.relation import INVERSE
from partners.queries.care import is_office
from partners.queries.partners import Wanted, ordered, partners_wanted

MOST = 20


@dataclass(frozen=True)
class RelationRow:
    """Somebody who belongs to the partner, and how."""

    name: str
    url: str
    how: str
    role: str
    died: bool
    end_url: str


@dataclass(frozen=True)
class OtherRow:
    """Somebody who could be the other partner."""

    name: str
    kind: str
    url: str


def relation_rows(seat: Seat, partner: Partner) -> list[RelationRow]:
    """Who belongs to the partner, of those whom the seat may know, contact persons and spouses first. Two queries."""
    found = list(Relation.objects.standing().of(partner.pk))
    ids = {each.other_id if each.partner_id == partner.pk else each.partner_id for each in found}
    known = Partner.objects.seen_by(seat).in_bulk(ids) if ids else {}
    rows = [relation_row(seat, partner, each, known) for each in found]
    order = list(Relation.Kind.values)
    kinds = [each.kind for each in found]
    placed = sorted(zip(kinds, rows, strict=True), key=lambda pair: order.index(pair[0]))
    return [row for _kind, row in placed if row is not None]


def relation_row(seat: Seat, partner: Partner, each: Relation, known: dict[int, Partner]) -> RelationRow | None:
    """One relation from this partner's side: what the other one is to it."""
    here = each.partner_id == partner.pk
    other = known.get(each.other_id if here else each.partner_id)
    if other is None:
        return None
    kind = Relation.Kind(each.kind)
    slug = seat.agency.slug
    return RelationRow(
        name=other.name,
        url=reverse("partner", args=[slug, other.pk]),
        how=capfirst(str(kind.label if here else INVERSE[kind])),
        role=each.role,
        died=other.deceased_on is not None,
        end_url=f"{reverse('relation_end', args=[slug, each.pk])}?of={partner.pk}" if seat.can("partners.edit") else "",
    )


@dataclass(frozen=True)
class TagRow:
    """A tag of the partner; `list_url` is the list of all who have it, for who may filter by it."""

    name: str
    list_url: str
    take_url: str


def tag_rows(seat: Seat, partner: Partner) -> list[TagRow]:
    """The tags of a partner by name. One query."""
    slug = seat.agency.slug
    everybody = reverse("partners", args=[slug]) if is_office(seat) else ""
    return [
        TagRow(
            name=each.name,
            list_url=f"{everybody}?{urlencode({'tag': each.pk})}" if everybody else "",
            take_url=reverse("tag_take", args=[slug, partner.pk, each.pk]) if seat.can("partners.edit") else "",
        )
        for each in Tag.objects.filter(taggings__partner=partner).order_by("norm")
    ]


def others_answering(seat: Seat, partner: Partner, q: str) -> tuple[list[Partner], bool]:
    """Partners other than this one that answer to these words, and whether there are more."""
    found = list(ordered(seat, partners_wanted(seat, Wanted(q=q)).exclude(pk=partner.pk), "name")[: MOST + 1])
    return found[:MOST], len(found) > MOST


def found_others(seat: Seat, partner: Partner, q: str) -> tuple[list[OtherRow], bool]:
    """The same as rows that lead to the form of a relation."""
    found, more = others_answering(seat, partner, q)
    path = reverse("relation_add", args=[seat.agency.slug, partner.pk])
    rows = [
        OtherRow(each.name, capfirst(str(Partner.Kind(each.kind).label)), f"{path}?{urlencode({'other': each.pk})}")
        for each in found
    ]
    return rows, more
