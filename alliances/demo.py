"""A working alliance, made by the operations themselves: what the demo shows and the tests stand on.

Deterministic: the same calls in the same order; the only thing taken from the clock is which quarter was the last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from agencies.scope import Scope, fresh, within
from alliances import operations
from alliances.arithmetic import Kind
from alliances.models import (
    Alliance,
    AllianceState,
    Audience,
    ConsentForm,
    Indicator,
    ItemKind,
    Member,
    MemberState,
    Obligation,
    Period,
    Publication,
    Rhythm,
    Submission,
    ValueState,
)
from alliances.preparation import prepare

People = Callable[[str, str], User]


@dataclass(frozen=True)
class Party:
    """An organization with the person who acts for it; `agency_id` where it is an agency of this system."""

    organization: str
    email: str
    person: str
    agency_id: int | None = None


@dataclass(frozen=True)
class SignIn:
    """Who can sign in, as what, to which page."""

    email: str
    role: str
    path: str


@dataclass
class Built:
    """The alliance with its people and parts."""

    alliance: Alliance
    coordinator: User
    members: list[Member]
    people: dict[int, User]
    sign_ins: list[SignIn] = field(default_factory=list)

    def scope(self, member: Member | None = None) -> Scope:
        """The scope of the backbone, or of one member."""
        return Scope(alliance_id=self.alliance.pk, member_id=member.pk if member else None)


OUTSIDE: Final = (
    Party("River Outreach", "noor@river-outreach.example", "Noor Haddad"),
    Party("Grace Trust", "tomas@grace-trust.example", "Tomás Silva"),
)
VALUES: Final = (4318, 2764, 1953, 0)
"""What the four members report for the last quarter; the fourth reports a zero, which is a value."""

AGENDA: Final = (
    (
        ItemKind.FUTURE_STATE,
        "Every river community has a church of its own",
        "By 2032, in each of the 64 communities along the river.",
    ),
    (ItemKind.FOCUS_AREA, "Believers who lead", "Local leaders are taught where they live."),
    (ItemKind.FOCUS_AREA, "Scripture that is heard", "Recordings in the languages that people speak at home."),
    (ItemKind.PRINCIPLE, "We tell each other what did not work", "Setbacks are shared as early as successes."),
    (
        ItemKind.MILESTONE,
        "Half of the communities reached",
        "Thirty-two communities with a regular gathering by the end of 2028.",
    ),
)
AGREEMENT: Final = (
    "We pray for each other, follow the common agenda, and report the shared measures on time.\n\n"
    "Our numbers stay ours. The backbone sees what we hand in; other members see totals only, and our own "
    "number beside them only where we have consented. We may take a consent back at any time.\n\n"
    "The backbone coordinates and has no numbers of its own."
)
STRATEGY: Final = (
    "We begin every meeting with ten minutes of prayer, so that it never depends on time being left.\n\n"
    "Whoever hosts reads one request of each member aloud and leaves silence after it: nobody has to find "
    "the right words.\n\n"
    "Once a quarter we set aside a morning, and one member leads it."
)
DEFINITION: Final[dict[str, Any]] = {
    "kind": Kind.FLOW.value,
    "unit": "people",
    "definition": "People who joined a small group led by a local believer for the first time in this period.",
    "how_to_count": "The group leader counts on the first visit. Somebody who comes back later is not counted again.",
    "due_days": 90,
}


@transaction.atomic
def build(
    *,
    slug: str,
    name: str,
    backbone: Party,
    members: Sequence[Party],
    people: People,
    purpose: str = "",
    is_demo: bool = True,
) -> Built:
    """An active alliance whose members have reported the last quarter, with one publication;
    the quarter that runs is open.

    `people` finds or makes the person of an e-mail address and name. Nobody is in scope afterwards who was not before.
    """
    with fresh(), within(Scope()):
        built = found(
            slug=slug, name=name, backbone=backbone, members=members, people=people, purpose=purpose, is_demo=is_demo
        )
        with within(built.scope()):
            pray(built)
            indicator = define(built)
            last, now = quarters(built.alliance.today())
            period = operations.open_period(
                alliance=built.alliance, actor=built.coordinator, indicator=indicator, starts=last
            )
        report_all(built, period, VALUES)
        consent_all(built, indicator)
        with within(built.scope()):
            publish_period(built, period)
            operations.open_period(alliance=built.alliance, actor=built.coordinator, indicator=indicator, starts=now)
    return built


def found(
    *, slug: str, name: str, backbone: Party, members: Sequence[Party], people: People, purpose: str, is_demo: bool
) -> Built:
    """An active alliance: members invited, agreement signed and adopted, agenda adopted."""
    coordinator = people(backbone.email, backbone.person)
    alliance = operations.create_alliance(
        actor=coordinator,
        slug=slug,
        name=name,
        purpose=purpose,
        backbone=backbone.organization,
        backbone_agency_id=backbone.agency_id,
        is_demo=is_demo,
    )
    operations.add_representative(
        alliance=alliance, actor=coordinator, user=coordinator, member=None, capacities=("may_coordinate",)
    )
    built = Built(alliance, coordinator, [], {})
    path = f"/alliances/{slug}/"
    built.sign_ins.append(SignIn(coordinator.sign_in, "backbone coordinator", path))
    for party in members:
        seat(built, party, people)
        built.sign_ins.append(SignIn(party.email, f"representative of {party.organization}", path))
    agree(built)
    adopt_agenda(built)
    for state in (AllianceState.FORMING, AllianceState.ACTIVE):
        built.alliance = operations.move_alliance(alliance=built.alliance, actor=coordinator, state=state)
    return built


def seat(built: Built, party: Party, people: People) -> Member:
    """Invite an organization and give its person a place."""
    member = operations.invite_member(
        alliance=built.alliance,
        actor=built.coordinator,
        organization=party.organization,
        kind="implementing",
        agency_id=party.agency_id,
    )
    person = people(party.email, party.person)
    operations.add_representative(
        alliance=built.alliance,
        actor=built.coordinator,
        user=person,
        member=member,
        capacities=("may_report", "may_sign", "may_vote"),
    )
    built.members.append(member)
    built.people[member.pk] = person
    return member


def by_backbone(built: Built) -> dict[str, Any]:
    """What every act of the backbone begins with."""
    return {"alliance": built.alliance, "actor": built.coordinator}


def agree(built: Built) -> None:
    """Offer the agreement, let every member sign in its own scope, adopt it, admit the members."""
    everybody = by_backbone(built)
    agreement = operations.write_agreement(**everybody, title="Charter and data sharing", text=AGREEMENT)
    operations.offer_agreement(**everybody, agreement=agreement)
    for number, member in enumerate(built.members):
        with within(built.scope(member)):
            person = built.people[member.pk]
            operations.sign_agreement(
                alliance=built.alliance, actor=person, member=member, agreement=agreement, signed_name=person.name
            )
        built.members[number] = operations.move_member(**everybody, member=member, state=MemberState.ACTIVE)
    operations.adopt_agreement(**everybody, agreement=agreement)


def adopt_agenda(built: Built) -> None:
    """Write the agenda, consult, adopt."""
    everybody = by_backbone(built)
    version = operations.begin_agenda(**everybody)
    for kind, title, text in AGENDA:
        operations.add_item(**everybody, version=version, kind=kind, title=title, text=text)
    operations.consult_on_agenda(**everybody, version=version)
    operations.adopt_agenda(**everybody, version=version)


def pray(built: Built) -> None:
    """A strategy, a rhythm, and requests, one of them answered."""
    everybody = by_backbone(built)
    operations.adopt_strategy(**everybody, text=STRATEGY)
    operations.begin_rhythm(
        **everybody,
        title="Prayer before the meeting",
        recurrence=Rhythm.Recurrence.MONTHLY,
        when="first Tuesday, 14:00 UTC",
        how="by video call, ten minutes",
        host=built.members[0],
    )
    asks = ("Rain for the lower river", "A teacher for the school at the ferry")
    for member, title in zip(built.members, asks, strict=False):
        with within(built.scope(member)):
            request = operations.ask_prayer(
                alliance=built.alliance, actor=built.people[member.pk], member=member, title=title
            )
    with within(built.scope(built.members[1])):
        operations.answer_prayer(
            alliance=built.alliance,
            actor=built.people[built.members[1].pk],
            request=request,
            answer="Since May two teachers travel there together.",
        )


def define(built: Built) -> Indicator:
    """One flow indicator with an adopted definition."""
    everybody = by_backbone(built)
    indicator = operations.define_indicator(**everybody, name="New people in small groups", **DEFINITION)
    operations.adopt_definition(**everybody, version=indicator.versions.get())
    return indicator


def quarters(today: date) -> tuple[date, date]:
    """The first days of the last quarter and of the one that runs."""
    now = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return (date(now.year - 1, 10, 1) if now.month == 1 else now.replace(month=now.month - 3)), now


def report_all(built: Built, period: Period, values: Sequence[int | None]) -> None:
    """Each member reports its value, None meaning that it does not, and the backbone accepts."""
    for member, value in zip(built.members, values, strict=True):
        if value is not None:
            report(built, period, member, value)


def report(built: Built, period: Period, member: Member, value: int) -> Submission:
    """One member prepares, approves and hands in; the coordinator accepts."""
    mine: dict[str, Any] = {"alliance": built.alliance, "actor": built.people[member.pk], "member": member}
    with within(built.scope(member)):
        obligation = Obligation.objects.get(period=period, member=member)
        draft = operations.save_report(**mine, obligation=obligation, state=ValueState.REPORTED, value=Decimal(value))
        operations.approve_report(**mine, submission=draft)
        handed_in = operations.hand_in_report(**mine, submission=draft)
    with within(built.scope()):
        return operations.accept_report(alliance=built.alliance, actor=built.coordinator, submission=handed_in)


def consent_all(
    built: Built, indicator: Indicator, audience: str = Audience.IMPLEMENTING, form: str = ConsentForm.AGGREGATE
) -> None:
    """Every member consents to one form for one audience."""
    for member in built.members:
        with within(built.scope(member)):
            operations.give_consent(
                alliance=built.alliance,
                actor=built.people[member.pk],
                member=member,
                indicator=indicator,
                audience=audience,
                form=form,
            )


def publish_period(
    built: Built, period: Period, audience: str = Audience.IMPLEMENTING, erratum: str = ""
) -> Publication:
    """Look at the preview and publish what it shows."""
    preview = prepare(alliance=built.alliance, period=period, audience=audience)
    seen = preview.made.sha256 if preview.made else ""
    return operations.publish(
        alliance=built.alliance, actor=built.coordinator, period=period, audience=audience, seen=seen, erratum=erratum
    )
