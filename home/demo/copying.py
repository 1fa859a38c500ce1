"""What the demo shows of growing: a unit that began as a copy, items that the agency added, invitations that wait."""

from datetime import date, timedelta

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from ssu import operations as ssu
from ssu.models import Discretion, Unit

PRAYER = "Choose two people who pray for this unit every week, and tell them what for."
HOSTS = "Agree with the host church who answers questions of visitors."


def grow(agency: Agency, cast: dict[str, User], units: list[Unit], today: date) -> None:
    """After everything else: the second unit is copied, so that its plan and words begin a new one."""
    actor = cast[Role.ADMINISTRATOR]
    ssu.add_own_item(agency=agency, actor=actor, step=2, wording=PRAYER)
    ssu.add_own_item(
        agency=agency, actor=actor, step=6, wording=HOSTS, evidence_kind="note", for_all=False, units=units[1:3]
    )
    model = units[1]
    ssu.copy_unit(
        agency=agency,
        actor=actor,
        source=model,
        parts=("goal", "own_items", "plan", "budget", "messages", "guidelines"),
        first_due_on=today + timedelta(days=60),
        strategy=model.strategy,
        code="0909",
        name="Upper Ferry Villages",
        discretion=model.discretion,
        alias="" if model.discretion == Discretion.OPEN else "Project Alder",
        region=model.region,
    )
    for name, email in (("Tomas Hill", "tomas.hill@example.org"), ("Irene Hill", "irene.hill@example.org")):
        people.invite(agency=agency, actor=actor, email=email, name=name, roles=[Role.STAFF], held=True)
