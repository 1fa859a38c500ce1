"""The letters of the demo: a rule, what some partners said, a core message, a letter on its way and one to approve."""

from collections.abc import Callable

from accounts.models import User
from agencies import scope
from agencies.lookups import agency_by_slug
from agencies.models import Agency, Membership, Role
from communications import operations
from communications.models import Basis, Letter, Purpose
from communications.queries import audience_of
from partners import operations as partners
from ssu.models import Unit

HARBOR = "harbor-light-mission"
WHY = (
    "Who gives to our work wants to hear what became of the gift. We write a few times a year, name nobody in "
    "sensitive places, sell no address, and every letter lets its reader object with one click."
)
TOLD = "Response card: The team that you give to learns your name, and neither your address nor what you give."
CORE = (
    "Our aim is not to send more workers. It is that deaf families in Riverbend meet Scripture in their own language, "
    "and pass it on. Teams change; the aim stays."
)
SENT = """Dear {{greeting}},

last spring **eleven families** met once a week around a screen and signed to one another.
In June there were nineteen.

# What your giving did

- forty lessons recorded in sign language
- two deaf leaders trained for two years
- a room with good light

You pull this work with us. Thank you.

{{agency_name}}, for {{unit_name}}"""
WAITING = """Dear {{greeting}},

three things to pray for in {{unit_name}} this month:

- the leaders who teach others for the first time
- the families who wait for lessons of their own
- rest for the team

{{agency_name}}"""


def build_letters(agencies: dict[str, int], person: Callable[[str, str], User]) -> None:
    """Letters of the first agency of the demo. Its people hold their roles already; nobody new is made."""
    agency_id = agency_by_slug(HARBOR)
    if agency_id is None:
        return
    with scope.of_agency(agency_id):
        agency = Agency.objects.get(pk=agency_id)
        fill(agency)


def fill(agency: Agency) -> None:
    """The rule, the ledger, the core message and the letters."""
    administrator, staff = holder(Role.ADMINISTRATOR), holder(Role.STAFF)
    unit = Unit.objects.filter(discretion="open").order_by("code").first()
    if administrator is None or staff is None or unit is None:
        return
    partners.record_team_notice(agency=agency, actor=administrator, is_given=True, told_on=agency.today(), wording=TOLD)
    operations.decide_policy(agency=agency, actor=administrator, news=True, appeals=False, months=36, wording=WHY)
    said(agency, staff, unit)
    core = operations.write_core_message(agency=agency, actor=staff, unit=unit, text=CORE)
    operations.approve_core_message(agency=agency, actor=administrator, message=core)
    first = draft(agency, staff, unit, "Nineteen families", SENT)
    operations.approve_letter(agency=agency, actor=administrator, letter=first)
    operations.send_letter(agency=agency, actor=staff, letter=first)
    draft(agency, staff, unit, "Pray with {{unit_name}}", WAITING)


def draft(agency: Agency, staff: User, unit: Unit, subject: str, body: str) -> Letter:
    """A letter with news."""
    return operations.write_letter(
        agency=agency,
        actor=staff,
        unit=unit,
        subject=subject,
        body=body,
        purpose="news",
        says_core=True,
        tells_impact=body == SENT,
    )


def said(agency: Agency, staff: User, unit: Unit) -> None:
    """Two partners consented on a card, one objected on the phone."""
    heard = [(Basis.CONSENT, "Yes, write to me", "response card")] * 2
    heard.append((Basis.OBJECTION, "Please take me off your list", "call"))
    for partner, (basis, wording, source) in zip(audience_of(unit, Purpose.APPEAL)[:3], heard, strict=False):
        operations.record_consent(
            agency=agency,
            actor=staff,
            partner=partner,
            channel="email",
            purpose="news",
            basis=basis,
            wording=wording,
            source=source,
            on=agency.today(),
        )


def holder(role: str) -> User | None:
    """Who holds a role for the whole agency."""
    found = Membership.objects.filter(grants__role=role, grants__ended_at=None).select_related("user").first()
    return found.user if found else None
