"""What the agency knows already, read for the judge of a file. One query per kind of thing."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count

from agencies.models import Agency
from funds.models import Designation
from funds.queries.periods import open_from
from imports.mapping.rules import value_key
from partners.imports.context import Context
from partners.imports.earlier_gifts import earlier_lines
from partners.keys import number_of_ours
from partners.models import ExternalId
from partners.operations.gift_posting import BY_HAND
from partners.queries.gifts import sources
from partners.queries.workers import last_names
from ssu.models import Unit


def context_of(agency: Agency) -> Context:
    """What a file is judged against, for the agency in scope, on its own calendar's today."""
    erased = ExternalId.objects.filter(partner__erased_at__isnull=False)
    designations = list(Designation.objects.values_list("code", "public_name"))
    donors = frozenset(ExternalId.objects.values_list("source", "norm"))
    return Context(
        base_currency=agency.base_currency,
        today=agency.today(),
        default_source=agency.default_source,
        organization_code=agency.organization_code,
        slug=agency.slug,
        fiscal_year_starts_month=agency.fiscal_year_start,
        home_country=agency.country,
        designations=frozenset(code for code, _ in designations),
        designation_names=names_of(designations),
        donors=donors,
        worker_names=last_names(),
        hidden_names=tuple(Unit.objects.filter(discretion="closed").values_list("name", flat=True)),
        earlier=earlier_lines,
        sources=frozenset(sources(agency)) | {source for source, _ in donors} | {BY_HAND},
        same_donors=same_donors(),
        own_numbers=number_of_ours(agency.pk, ""),
        erased=frozenset(erased.values_list("source", "norm")),
        open_from=open_from(),
    )


def same_donors() -> dict[tuple[str, str], str]:
    """The numbers of partners who have several: each -> what tells the partner. One query."""
    several = ExternalId.objects.values("partner").annotate(numbers=Count("pk")).filter(numbers__gt=1)
    found = ExternalId.objects.filter(partner__in=several.values("partner"))
    return {(source, norm): f"partner {pk}" for source, norm, pk in found.values_list("source", "norm", "partner_id")}


def names_of(designations: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The names that one designation alone has, and its code."""
    counted = Counter(value_key(name) for _, name in designations)
    return {key: code for code, name in designations if counted[key := value_key(name)] == 1}
