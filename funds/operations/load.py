"""Creating or updating a whole agency from the rows of a setup folder. The same rows twice change nothing."""

from typing import Any

from django.db import transaction

from accounts.models import User
from agencies.lookups import agency_by_slug
from agencies.models import Agency
from agencies.operations import create_agency
from agencies.scope import Scope, enter
from funds.models import Designation
from funds.operations.designations import open_designation
from ssu.operations import load_units
from ssu.operations.load import Loaded
from ssu.setup_rows import AgencyRow, DesignationRow, Setup

KINDS = {"legacy": Designation.Kind.WORKER, "ssu": Designation.Kind.UNIT}


@transaction.atomic
def load_setup(*, actor: User | None, setup: Setup, is_demo: bool = False) -> Agency:
    """Make or renew the agency of the rows, enter its scope, and bring strategies, units, workers and designations in
    line.

    Raises what the single operations raise. What the rows do not name stays.
    """
    agency = agency_of(actor, setup.agency, is_demo)
    loaded = load_units(
        agency=agency, actor=actor, strategies=setup.strategies, units=setup.units, workers=setup.workers
    )
    general = setup.agency.general_designation
    for row in setup.designations:
        load_designation(agency, actor, row, loaded, general)
    return agency


def agency_of(actor: User | None, row: AgencyRow, is_demo: bool) -> Agency:
    """The agency, made when nobody has its address, and in scope."""
    known = agency_by_slug(row.slug)
    if known is None:
        return create_agency(
            actor=actor,
            slug=row.slug,
            name=row.name,
            base_currency=row.base_currency,
            fiscal_year_start=row.fiscal_year_start,
            default_source=row.default_source,
            organization_code=row.organization_code,
            is_demo=is_demo,
        )
    enter(Scope(agency_id=known))
    agency: Agency = Agency.objects.get(pk=known)
    agency.name, agency.default_source, agency.organization_code = row.name, row.default_source, row.organization_code
    agency.save(update_fields=["name", "default_source", "organization_code"])
    return agency


def load_designation(
    agency: Agency, actor: User | None, row: DesignationRow, loaded: Loaded, general: str
) -> Designation:
    """One designation by its code."""
    kind = Designation.Kind.GENERAL if row.code == general else KINDS.get(row.kind, Designation.Kind.PROJECT)
    fields: dict[str, Any] = {
        "public_name": row.public_name,
        "kind": kind,
        "unit": loaded.units.get(row.unit or row.code),
        "worker": loaded.workers.get(row.code) if kind == Designation.Kind.WORKER else None,
        "opened_on": row.active_from,
    }
    known = Designation.objects.filter(code=row.code).first()
    if known is None:
        return open_designation(agency=agency, actor=actor, code=row.code, **fields)
    for name, value in fields.items():
        setattr(known, name, value)
    known.save(update_fields=list(fields))
    found: Designation = known
    return found
