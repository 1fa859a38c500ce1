"""Putting partners in whom a rule leaves out, where the law leaves it open."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from communications.models import Letter
from communications.operations.letters import OnItsWay
from communications.operations.locking import lock
from communications.queries import judge, readers_of
from core.errors import Refused
from partners.models import Partner


class NotInTheAudience(Refused):
    """A unit writes to its own partners."""

    code = "not_in_the_audience"
    message = "This partner has neither given nor promised to this unit, so its letter does not go there."


class MustStayOut(Refused):
    """No person may set this reason aside."""

    code = "must_stay_out"
    message = (
        "This partner stays out: who has died, objected, has no working address or never agreed gets no letter. "
        "When the partner agrees, record that on the partner's consent page."
    )


@transaction.atomic
def include_partner(*, agency: Agency, actor: User, letter: Letter, partner: Partner) -> Letter:
    """Write to a partner all the same. Raises OnItsWay, NotInTheAudience, MustStayOut."""
    row = editable(letter)
    as_it_stands = readers_of(row).filter(pk=partner.pk).first()
    if as_it_stands is None:
        raise NotInTheAudience
    (verdict,) = judge(agency, row, [as_it_stands], taken=frozenset())
    if verdict.excluded and not verdict.can_include:
        raise MustStayOut
    return put(row, actor, partner, row.include_anyway | {partner.pk}, "include partner in letter")


@transaction.atomic
def leave_partner_out(*, agency: Agency, actor: User, letter: Letter, partner: Partner) -> Letter:
    """Take that back. Raises OnItsWay."""
    row = editable(letter)
    return put(row, actor, partner, row.include_anyway - {partner.pk}, "leave partner out of letter")


def editable(letter: Letter) -> Letter:
    """The letter, locked, while its audience is still open."""
    row = lock(letter)
    if row.state not in Letter.EDITABLE:
        raise OnItsWay
    return row


def put(row: Letter, actor: User, partner: Partner, chosen: frozenset[int], verb: str) -> Letter:
    """Write the choice down."""
    if chosen != row.include_anyway:
        row.audience = {**row.audience, "include_anyway": sorted(chosen)}
        row.save(update_fields=["audience"])
        audit.record(actor=actor, verb=verb, of=row, label=f"partner {partner.pk}")
    return row
