"""How partners belong together: said, and ended."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Partner, Relation
from partners.operations.erased import refuse_erased
from partners.operations.merge_lock import share_merges

K = Relation.Kind
P = Partner.Kind
Sides = tuple[frozenset[str], frozenset[str]]
ORGANIZATIONS: Final = frozenset({P.CHURCH, P.FOUNDATION, P.BUSINESS, P.ORGANIZATION, P.SPONSOR})
PEOPLE: Final = frozenset({P.PERSON, P.HOUSEHOLD})
EVERYBODY: Final = frozenset(P.values)
FITS: Final[dict[str, Sides]] = {
    K.SPOUSE: (frozenset({P.PERSON}), frozenset({P.PERSON})),
    K.HOUSEHOLD: (frozenset({P.PERSON}), frozenset({P.HOUSEHOLD})),
    K.MEMBER: (PEOPLE, frozenset({P.CHURCH})),
    K.CONTACT: (frozenset({P.PERSON}), ORGANIZATIONS),
    K.EMPLOYEE: (PEOPLE, ORGANIZATIONS),
    K.FUND: (EVERYBODY, frozenset({P.SPONSOR})),
    K.INTRODUCED: (EVERYBODY, EVERYBODY),
}
"""Relation → kinds of partner on its two sides."""


class DoesNotFit(Refused):
    """A relation joins certain kinds of partner."""

    code = "relation_does_not_fit"
    field = "kind"
    message = "These two cannot belong together in this way. Choose another relation, or correct the kind of one."


class RelatedAlready(Refused):
    """Two partners belong together in one way once; a person has one spouse."""

    code = "related_already"
    field = "kind"
    message = "This is noted already, or one of the two has another spouse. End that relation first."


class RelationEnded(Refused):
    """A relation ends once."""

    code = "relation_ended"
    message = "This relation was ended already."


@transaction.atomic
def relate(*, agency: Agency, actor: User, partner: Partner, other: Partner, kind: str, role: str = "") -> Relation:
    """`partner` is this to `other`. Raises DoesNotFit, RelatedAlready."""
    ids = sorted((partner.pk, other.pk))
    share_merges(agency.pk)
    locked = {
        each.pk: each for each in Partner.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    }
    refuse_erased(*locked.values())
    one, two = FITS[kind]
    if partner.pk == other.pk or locked[partner.pk].kind not in one or locked[other.pk].kind not in two:
        raise DoesNotFit
    first, second = ids if kind == K.SPOUSE else (partner.pk, other.pk)
    there = Relation.objects.standing().filter(kind=kind)
    known = there.filter(partner=first, other=second).exists()
    if known or (kind == K.SPOUSE and any(there.of(pk).exists() for pk in ids)):
        raise RelatedAlready
    made: Relation = Relation.objects.create(
        agency=agency, partner_id=first, other_id=second, kind=kind, role=role.strip()[:80], made_by=actor
    )
    note(actor, made, "relate partner")
    return made


@transaction.atomic
def end_relation(*, agency: Agency, actor: User, relation: Relation) -> Relation:
    """They belong together in this way no more. Raises RelationEnded."""
    found: Relation = Relation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    if found.ended_at is not None:
        raise RelationEnded
    found.ended_at, found.ended_by = timezone.now(), actor
    found.save(update_fields=["ended_at", "ended_by"])
    note(actor, found, "end relation")
    return found


def note(actor: User, relation: Relation, verb: str) -> None:
    """Write the act down at both partners, without a name."""
    for partner in (relation.partner, relation.other):
        changes = {"relation": relation.pk, "kind": relation.kind}
        audit.record(actor=actor, verb=verb, of=partner, label=f"partner {partner.pk}", changes=changes)
