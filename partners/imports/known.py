"""What the agency knows already, read for the judge of a file. One query per kind of thing."""

from agencies.models import Agency
from funds.models import Designation
from partners.imports.context import Context
from partners.imports.earlier_gifts import earlier_lines
from partners.models import ExternalId
from partners.queries.workers import last_names
from ssu.models import Unit


def context_of(agency: Agency) -> Context:
    """What a file is judged against, for the agency in scope, on its own calendar's today."""
    return Context(
        base_currency=agency.base_currency,
        today=agency.today(),
        default_source=agency.default_source,
        organization_code=agency.organization_code,
        fiscal_year_starts_month=agency.fiscal_year_start,
        home_country=agency.country,
        designations=frozenset(Designation.objects.values_list("code", flat=True)),
        donors=frozenset(ExternalId.objects.values_list("source", "norm")),
        worker_names=last_names(),
        hidden_names=tuple(Unit.objects.filter(discretion="closed").values_list("name", flat=True)),
        earlier=earlier_lines,
    )
