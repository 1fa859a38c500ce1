"""Two smaller agencies, so that an alliance has members with a workspace of their own."""

from dataclasses import dataclass
from datetime import timedelta

from agencies import operations as people
from agencies.models import Agency, Role
from funds.operations import open_designation
from home.demo import giving
from home.demo.giving import bring
from home.demo.people import person
from ssu import operations as ssu


@dataclass(frozen=True)
class Small:
    """An invented agency."""

    slug: str
    name: str
    source: str
    email: str
    administrator: str
    units: tuple[str, ...]
    seed: int


AGENCIES = (
    Small(
        slug="bright-coast",
        name="Bright Coast Fellowship",
        source="BCF",
        email="ruth@bright-coast.example",
        administrator="Ruth Okoro",
        units=("Ferry Villages", "Market Town"),
        seed=3,
    ),
    Small(
        slug="summit-bridge",
        name="Summit Bridge Mission",
        source="SBM",
        email="peter@summit-bridge.example",
        administrator="Peter Lang",
        units=("Upper Valley", "Border Schools"),
        seed=8,
    ),
)
BACKBONE = Small(
    slug="common-river",
    name="Common River Network",
    source="CRN",
    email="carol@common-river.example",
    administrator="Carol Haines",
    units=(),
    seed=0,
)


def build_small(plan: Small) -> Agency:
    """One agency with two units, their designations, twenty-five partners and their gifts."""
    administrator = person(plan.email, plan.administrator)
    agency = people.create_agency(
        actor=administrator, slug=plan.slug, name=plan.name, default_source=plan.source, is_demo=True
    )
    people.add_member(agency=agency, actor=administrator, user=administrator, roles=(Role.ADMINISTRATOR,))
    strategy = ssu.add_strategy(agency=agency, actor=administrator, code="S1", name="Church planting")
    codes = []
    for number, name in enumerate(plan.units, start=1):
        code = f"{plan.source}{number}"
        unit = ssu.add_unit(
            agency=agency,
            actor=administrator,
            code=code,
            name=name,
            strategy=strategy,
            kind="community",
            discretion="open",
        )
        open_designation(agency=agency, actor=administrator, code=code, public_name=name, kind="unit", unit=unit)
        codes.append(code)
    if codes:
        today = agency.today()
        first = today - timedelta(days=420)
        partners, gifts = giving.small_agency(plan.source, codes, first, today, plan.seed)
        bring(agency, administrator, "partners.csv", partners)
        bring(agency, administrator, "gifts.csv", gifts)
    return agency
