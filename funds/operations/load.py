"""Creating or updating a whole agency from the rows of a setup folder. The same rows twice change nothing."""

from typing import Any

from django.db import transaction

from accounts.models import User
from agencies.lookups import agency_by_slug
from agencies.models import Agency
from agencies.operations import create_agency, update_agency
from agencies.scope import Scope, enter
from funds.models import Designation
from funds.operations.designations import edit_designation, open_designation
from ssu.operations import load_units
from ssu.operations.load import Loaded
from ssu.setup_problems import Problems
from ssu.setup_rows import AgencyRow, DesignationRow, Setup

Kind = Designation.Kind
KINDS = {"legacy": Kind.WORKER, "ssu": Kind.UNIT, "general": Kind.GENERAL, "project": Kind.PROJECT}
COLUMNS = {
    "code": "designation",
    "kind": "kind",
    "unit": "ssu_designation",
    "public_name": "public_name",
    "opened_on": "active_from",
}
AGENCY_COLUMNS = {
    "slug": "slug",
    "name": "name",
    "base_currency": "base_currency",
    "fiscal_year_start": "fiscal_year_starts_month",
    "default_source": "default_source",
    "organization_code": "organization_code",
}


@transaction.atomic
def load_setup(*, actor: User | None, setup: Setup, is_demo: bool = False) -> Agency:
    """Make or renew the agency of the rows, enter its scope, and bring strategies, units, workers and designations in
    line. What the rows do not name stays.

    All or nothing: raises SetupWrong with every row that an operation refuses.
    """
    problems = Problems()
    agency = agency_of(actor, setup.agency, is_demo, problems)
    loaded = load_units(
        agency=agency,
        actor=actor,
        strategies=setup.strategies,
        units=setup.units,
        workers=setup.workers,
        problems=problems,
    )
    general = setup.agency.general_designation
    for row in setup.designations:
        with problems.at("designations.csv", row.row, COLUMNS):
            load_designation(agency, actor, row, loaded, general)
    problems.refuse()
    return agency


def agency_of(actor: User | None, row: AgencyRow, is_demo: bool, problems: Problems) -> Agency:
    """The agency, made when nobody has its address, and in scope. What the row leaves empty stays, or is the default.

    Raises SetupWrong where no agency can be made, since then nothing else can be judged.
    """
    said: dict[str, Any] = {"base_currency": row.base_currency}
    optional = ("fiscal_year_start", "default_source", "organization_code")
    said |= {name: value for name in optional if (value := getattr(row, name))}
    known = agency_by_slug(row.slug)
    made = None
    if known is None:
        with problems.at("agency.json", 0, AGENCY_COLUMNS):
            made = create_agency(actor=actor, slug=row.slug, name=row.name, is_demo=is_demo, **said)
        problems.refuse()
    else:
        enter(Scope(agency_id=known))
        with problems.at("agency.json", 0, AGENCY_COLUMNS):
            update_agency(agency=Agency.objects.get(pk=known), actor=actor, name=row.name, **said)
    found: Agency = made or Agency.objects.get(pk=known)
    return found


def load_designation(
    agency: Agency, actor: User | None, row: DesignationRow, loaded: Loaded, general: str
) -> Designation | None:
    """One designation by its code; none where its unit could not be loaded, which is a problem of another row."""
    unit_code = row.unit or row.code
    if row.unit and row.unit not in loaded.units:
        return None
    kind = Kind.GENERAL if row.code == general else KINDS[row.kind]
    fields: dict[str, Any] = {
        "public_name": row.public_name,
        "kind": kind,
        "unit": loaded.units.get(unit_code),
        "worker": loaded.workers.get(row.code) if kind == Kind.WORKER else None,
        "opened_on": row.active_from,
    }
    known: Designation | None = Designation.objects.filter(code=row.code).first()
    if known is None:
        return open_designation(agency=agency, actor=actor, code=row.code, **fields)
    return edit_designation(agency=agency, actor=actor, designation=known, **fields)
