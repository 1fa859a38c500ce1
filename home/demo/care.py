"""Relationships of the demo: who holds whom, where it stands, what was talked over, what is to do."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from agencies.models import Agency, Role
from partners import operations as partners
from partners.models import Partner
from ssu.models import Unit, Worker

CARED_FOR = 12
STAGES = ("partner_care", "partner_care", "follow_up", "partner_care", "appointment", "initiation")
TALKS = (
    ("call", "talked", "Their daughter starts school in the fall; they asked how the lessons go."),
    ("visit", "promised", "Coffee after church. They want to give for one more family each month."),
    ("call", "left_word", ""),
    ("meeting", "prays", "The small group prays on Thursdays and would like to hear names of villages."),
    ("email", "considers", "They will talk it over after the harvest."),
    ("call", "no_answer", ""),
)
TAGS = ("Spring supper", "Prayer letter by post")
PRAYING = (
    ("Hannah", "Whitlock", "pray", "daily", "The children of the first class, by name"),
    ("Eli", "Okonjo", "pray", "weekly", "Health of the team and their parents"),
    ("Miriam", "Castellanos", "promote", "", "Tells the story at the women’s breakfast"),
    ("Silas", "Brandt", "pray", "monthly", ""),
)
"""Who prays or promotes and has given nothing: name, what, how often, what for."""
TO_DO = ("Thank for the large gift", "Bring the letter from the team", "Ask about the visit in spring")


def care_for(agency: Agency, cast: dict[str, User], units: list[Unit], today: date) -> None:
    """The leader and a member care for some of the partners of the first unit; the office for those of the second."""
    leader, member, staff = cast[Role.LEADER], cast[Role.MEMBER], cast[Role.STAFF]
    workers = [Worker.objects.get(membership__user=user) for user in (leader, member)]
    first, second = units[0], units[1]
    for number, partner in enumerate(known(first)):
        worker, actor = workers[number % 2], (leader, member)[number % 2]
        given: dict[str, Any] = {"agency": agency, "partner": partner, "unit": first}
        partners.appoint_holder(**given, actor=staff, worker=worker)
        relate(given, actor, number, today)
    for number, partner in enumerate(known(second)):
        if not partner.stages.exists():
            relate({"agency": agency, "partner": partner, "unit": second}, staff, number + 3, today)
    belong(agency, staff, known(first))
    stand_with(agency, staff, units, today)


def stand_with(agency: Agency, actor: User, units: list[Unit], today: date) -> None:
    """Some pray or promote without a gift to the unit; somebody stopped; somebody prays for the agency as a whole."""
    act: dict[str, Any] = {"agency": agency, "actor": actor, "basis": "form"}
    givers = known(units[0])
    for number, (first, last, kind, rhythm, about) in enumerate(PRAYING):
        unit = units[number % 2]
        partner = partners.add_partner(agency=agency, actor=actor, kind="person", first_name=first, last_name=last)
        since = today - timedelta(days=200 - 30 * number)
        partners.take_up(**act, partner=partner, unit=unit, kind=kind, rhythm=rhythm, about=about, starts_on=since)
    for partner in givers[4:7]:
        about = "Invites friends to the supper in spring"
        partners.take_up(
            **act, partner=partner, unit=units[0], kind="promote", about=about, starts_on=today - timedelta(days=90)
        )
    given: dict[str, Any] = {"partner": givers[7], "unit": units[0], "kind": "pray", "rhythm": "daily"}
    stopped = partners.take_up(**act, **given, starts_on=today - timedelta(days=300))
    partners.end_undertaking(
        agency=agency,
        actor=actor,
        undertaking=stopped,
        on=today - timedelta(days=20),
        reason="Her eyes do not let her read",
    )
    since = today - timedelta(days=400)
    partners.take_up(**act, partner=givers[8], unit=None, kind="pray", rhythm="weekly", starts_on=since)


def belong(agency: Agency, actor: User, found: list[Partner]) -> None:
    """Tags of the agency, and members and a contact person of the first church."""
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    for number, name in enumerate(TAGS, start=2):
        tag = partners.add_tag(**act, name=name)
        some = Partner.objects.filter(pk__in=[partner.pk for partner in found[::number]])
        partners.give_tag(**act, tag=tag, partners=some)
    church = Partner.objects.filter(kind=Partner.Kind.CHURCH).order_by("sort_name", "pk").first()
    people = [partner for partner in found if partner.kind in (Partner.Kind.PERSON, Partner.Kind.HOUSEHOLD)]
    for partner in people[:4] if church else ():
        partners.relate(**act, partner=partner, other=church, kind="member")
    pastor = next((partner for partner in people if partner.kind == Partner.Kind.PERSON), None)
    if church and pastor:
        partners.relate(**act, partner=pastor, other=church, kind="contact", role="Mission committee")


def known(unit: Unit) -> list[Partner]:
    """The first partners of a unit by name."""
    openly = Partner.objects.of_units(frozenset({unit.pk}), openly=True)
    found = openly.filter(deceased_on=None).exclude(name="Anonymous")
    return list(found.order_by("sort_name", "pk")[:CARED_FOR])


def relate(given: dict[str, Any], actor: User, number: int, today: date) -> None:
    """A stage, two contacts, and for every other partner something to do, some of it late."""
    partners.set_stage(**given, actor=actor, kind=STAGES[number % len(STAGES)])
    for turn in (0, 1):
        channel, outcome, note = TALKS[(number + turn) % len(TALKS)]
        day = today - timedelta(days=40 - 35 * turn + number)
        logged = partners.log_contact(
            **given, actor=actor, channel=channel, outcome=outcome, happened_on=day, note=note
        )
        if outcome == "prays":
            partners.take_prayer(agency=given["agency"], actor=actor, contact=logged)
    if number % 2 == 0:
        due = today + timedelta(days=number - 4)
        text = TO_DO[number // 2 % len(TO_DO)]
        partners.add_follow_up(**given, actor=actor, channel="call", due_on=due, assignee=actor, text=text)
