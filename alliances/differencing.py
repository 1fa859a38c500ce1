"""What a reader learns by subtracting one publication of a period from another that the same reader may open."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from alliances.disclosure import revealed_by_difference
from alliances.models import (
    WITH_VALUE,
    Alliance,
    Audience,
    Consent,
    ConsentForm,
    Observation,
    Period,
    Publication,
    SubmissionState,
)
from alliances.queries.rollup import RollUp, consents_for


def told_by_differences(alliance: Alliance, roll: RollUp) -> Iterator[str]:
    """One sentence for each publication that, beside this one, would show a member's number to somebody who may not
    know it.
    """
    for publication in read_beside(roll.period, roll.audience):
        revealed = revealed_beside(alliance, roll, publication)
        if revealed:
            yield in_words(roll, publication, revealed)


def read_beside(period: Period, audience: str) -> list[Publication]:
    """The newest publication of every audience that shares readers with this one: what is for anybody is read by the
    members too.
    """
    newest = Publication.objects.filter(period=period).order_by("audience", "-revision").distinct("audience")
    return [each for each in newest if each.audience == audience or Audience.PUBLIC in (each.audience, audience)]


def revealed_beside(alliance: Alliance, roll: RollUp, publication: Publication) -> frozenset[int]:
    """Whose number the step between a publication and this one would show to those who read both.

    They may know the number of a member that shows it to either audience.
    """
    consents = consents_for(roll.period, publication.audience, alliance.today())
    shown = {member_id for member_id, form in consents.items() if form == ConsentForm.MEMBER_VALUE}
    shown |= {each.member_id for each in roll.contributions if each.shown}
    return revealed_by_difference(former_amounts(publication), roll.amounts(), frozenset(shown))


def in_words(roll: RollUp, publication: Publication, revealed: frozenset[int]) -> str:
    """What would be found out, and by reading what."""
    names = ", ".join(roll.names[member_id] for member_id in sorted(revealed))
    if publication.audience == roll.audience:
        return _("Subtracting the revision before from this one shows the number of %(names)s.") % {"names": names}
    told = {"audience": publication.get_audience_display(), "names": names}
    return _("Read beside what was published to %(audience)s, this shows the number of %(names)s.") % told


def former_amounts(publication: Publication) -> dict[int, Decimal]:
    """What each member added to a publication: its accepted report and its consent as they stood at that moment."""
    at = publication.published_at
    day = publication.alliance.day_of(at)
    consents = Consent.objects.filter(
        indicator_id=publication.indicator_id, audience=publication.audience, given_at__lte=at
    ).exclude(revoked_at__lte=at)
    then = {each.member_id for each in consents if each.expires_on is None or each.expires_on >= day}
    accepted = Observation.objects.filter(
        submission__obligation__period_id=publication.period_id,
        submission__state=SubmissionState.ACCEPTED,
        submission__reviewed_at__lte=at,
        cell="",
    ).order_by("submission__revision")
    last = {each.member_id: each for each in accepted}
    return {m: each.value for m, each in last.items() if m in then and each.state in WITH_VALUE}
