"""Steps of a report and a publication, as the tests take them."""

import json
from decimal import Decimal
from typing import Any

from agencies import scope
from alliances import demo, operations
from alliances.demo import Built
from alliances.models import (
    Audience,
    ConsentForm,
    Member,
    Obligation,
    Period,
    Publication,
    Submission,
)
from alliances.preparation import Preparation, prepare

ALL_FORMS = ConsentForm.MEMBER_VALUE


def content(publication: Publication) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(publication.document))
    return found


def preview(built: Built, period: Period, audience: str = Audience.IMPLEMENTING) -> Preparation:
    with scope.within(built.scope()):
        return prepare(alliance=built.alliance, period=period, audience=audience)


def publish(built: Built, period: Period, erratum: str = "", audience: str = Audience.IMPLEMENTING) -> Publication:
    with scope.within(built.scope()):
        return demo.publish_period(built, period, audience, erratum)


def save(
    built: Built, period: Period, member: Member, state: str, value: int | None = None, note: str = ""
) -> Submission:
    with scope.within(built.scope(member)):
        return operations.save_report(
            alliance=built.alliance,
            actor=built.people[member.pk],
            member=member,
            obligation=Obligation.objects.get(period=period, member=member),
            state=state,
            value=None if value is None else Decimal(value),
            note=note,
        )


def hand_in(built: Built, period: Period, member: Member, value: int) -> Submission:
    draft = save(built, period, member, "reported", value)
    mine: dict[str, Any] = {"alliance": built.alliance, "actor": built.people[member.pk], "member": member}
    with scope.within(built.scope(member)):
        operations.approve_report(**mine, submission=draft)
        return operations.hand_in_report(**mine, submission=draft)
