"""What the demo's units have agreed on: messages, guidelines that one member has still to read, tactics of today."""

from datetime import timedelta

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from communications import operations as words
from communications.operations import Said
from ssu import operations as ssu
from ssu.models import TeamMember, Unit

PROMISE = "You will always know what your part has changed, and hear it from people who were there."
AIM = "We want every village to have a group that its own people lead, and to step back when they do."
HEART = (
    "We want young people of this city to find a church in which they are at home. "
    "We serve the churches that are there, and stand back when they stand."
)
MESSAGES = (
    Said(
        "The goal is the change",
        "We count churches in which young people lead, and not how many of us are there.",
        "What are you trying to achieve?",
    ),
    Said(
        "Your gift goes to the whole work",
        "The budget of the unit tells what each part makes possible. Twice a year we show what was done with it.",
        "Where does my money go?",
    ),
    Said(
        "The work stays when one of us goes",
        "You hear one story from all of us, and the friend you know remains your friend.",
        "What happens when the worker I know leaves?",
    ),
)
RULES = {
    "who_writes": "Bob answers for all letters to partners. Whoever keeps the contact writes the personal notes.",
    "tone": "Warm, brief and plain. What happened first, then why it matters, then what comes next.",
    "approvals": "News is read by one other person of the team. What asks for gifts is approved by the leader.",
    "security": "Only public names, also in file names. No travel plans ahead of time.",
    "photos": "Nobody is shown who has not agreed to that picture and that use. For a child both parents agree.",
    "answering": "A gift is thanked within two days. A question is answered within two working days.",
}
TACTICS = (
    ("Personal newsletters of each worker", "adapt", "One letter of the unit, with a note by whom the partner knows."),
    ("Visits to partners during home assignment", "keep", ""),
    (
        "A support target for each family",
        "stop",
        "The unit's budget takes its place once livelihoods are secured.",
    ),
    ("Year-end appeals", "", ""),
)


def agree_on_words(agency: Agency, cast: dict[str, User], units: list[Unit]) -> None:
    """The first unit has guidelines that its leader has read and its member has not; the second has messages that wait
    for agreement, and guidelines in the making.
    """
    people.update_agency(agency=agency, actor=cast[Role.ADMINISTRATOR], brand_promise=PROMISE)
    first, second = units[0], next(unit for unit in units[1:] if unit.discretion == "open")
    guide(agency, cast, first)
    ask_for_agreement(agency, cast, second)
    take_stock(agency, cast[Role.LEADER], first)


def agree_on_words_of(agency: Agency, cast: dict[str, User], unit: Unit) -> None:
    """Messages and guidelines that count, before the items rest on them."""
    messages = words.write_core_message(
        agency=agency, actor=cast[Role.STAFF], unit=unit, text=AIM, messages=MESSAGES[1:]
    )
    words.approve_core_message(agency=agency, actor=cast[Role.ADMINISTRATOR], message=messages)
    guide(agency, cast, unit)


def guide(agency: Agency, cast: dict[str, User], unit: Unit) -> None:
    """Guidelines that count."""
    leader = cast[Role.LEADER]
    rules = words.begin_guidelines(agency=agency, actor=leader, unit=unit, words=RULES)
    words.submit_guidelines(agency=agency, actor=leader, guidelines=rules)
    words.approve_guidelines(agency=agency, actor=cast[Role.ADMINISTRATOR], guidelines=rules)
    words.acknowledge(agency=agency, actor=leader, words=rules)
    administrator, signed_on = cast[Role.ADMINISTRATOR], agency.today() - timedelta(days=3)
    serving = TeamMember.objects.serving().filter(unit=unit, worker__membership=None, role__in=("leader", "member"))
    for service in serving.select_related("worker"):
        words.keep_signature(
            agency=agency, actor=administrator, words=rules, worker=service.worker, signed_on=signed_on
        )


def ask_for_agreement(agency: Agency, cast: dict[str, User], unit: Unit) -> None:
    """A set of messages that somebody else reads next, and guidelines that are a draft."""
    words.write_core_message(agency=agency, actor=cast[Role.STAFF], unit=unit, text=HEART, messages=MESSAGES)
    words.begin_guidelines(agency=agency, actor=cast[Role.LEADER], unit=unit, words={"tone": RULES["tone"]})


def take_stock(agency: Agency, leader: User, unit: Unit) -> None:
    """An inventory in which one tactic is not decided yet."""
    for what, decision, why in TACTICS:
        ssu.add_tactic(agency=agency, actor=leader, unit=unit, what=what, decision=decision, why=why)
