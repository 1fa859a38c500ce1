"""What an alliance still lacks to become active."""

from django.utils.translation import gettext as _

from alliances.models import (
    AgendaState,
    AgendaVersion,
    Agreement,
    AgreementState,
    Member,
    MemberState,
    Representative,
    Signature,
)

FEWEST_MEMBERS = 2


def checklist() -> list[tuple[str, bool]]:
    """What becoming active needs, each with whether it is there: agenda, agreement signed by all, two members, a
    coordinator.
    """
    active = set(Member.objects.filter(state=MemberState.ACTIVE).values_list("pk", flat=True))
    agreement = Agreement.objects.filter(state=AgreementState.ADOPTED).first()
    signed = (
        set(Signature.objects.filter(agreement=agreement).values_list("member_id", flat=True)) if agreement else set()
    )
    coordinators = Representative.objects.filter(may_coordinate=True, ended_at=None, backbone__ended_at=None)
    return [
        (_("A common agenda is adopted."), AgendaVersion.objects.filter(state=AgendaState.ADOPTED).exists()),
        (_("An agreement is adopted."), agreement is not None),
        (_("Every active member has signed it."), agreement is not None and active <= signed),
        (_("At least two members are active."), len(active) >= FEWEST_MEMBERS),
        (_("A backbone serves, with a coordinator."), coordinators.exists()),
    ]


def missing_for_active() -> list[str]:
    """The sentences of the checklist that do not hold yet."""
    return [sentence for sentence, holds in checklist() if not holds]
