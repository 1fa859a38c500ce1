"""How gifts and partners are numbered in files that other systems read.

A file has one source: the agency. What has its number from another source (a processor, entry by hand) carries that
source before it, so that no two gifts of a file share a number, and a file that comes home is known again
(`partners.imports.own_files`).
"""

from collections.abc import Iterable
from typing import Any

from agencies.models import Agency
from partners.keys import BY_HAND, JOINT, number_of_ours
from partners.models import ExternalId, Gift

GENERAL = "AGENCY"
"""The source of an agency that named none: in a file for others it would tell nobody whose it is."""


def code_of(agency: Agency) -> str:
    """How the agency's own files call it."""
    return agency.organization_code or agency.slug


def source_of(agency: Agency) -> str:
    """The source of a file, as another agency's system will keep it."""
    return agency.default_source if agency.default_source != GENERAL else code_of(agency)


def in_file(agency: Agency, source: str, number: str) -> str:
    """A number as a file writes it."""
    return number if source == agency.default_source else f"{source}{JOINT}{number}"


def gift_number(agency: Agency, gift: Gift, *, is_kept: bool) -> str:
    """The number of a gift; one of ours where its own is kept from the reader."""
    source, number = (BY_HAND, number_of_ours(agency.pk, gift.pk)) if is_kept else (gift.source, gift.external_id)
    return in_file(agency, source, number)


def of_ours(agency: Agency, partner_id: int) -> tuple[str, str]:
    """(source, number) of a partner whom no other system numbers."""
    return BY_HAND, f"{agency.pk}-P{partner_id}"


def number_of(agency: Agency, partner_id: int, known: Iterable[ExternalId]) -> str:
    """The one number of a partner in files: of the agency's own source where there is one, else the oldest."""
    ids = sorted(known, key=lambda each: (each.source != agency.default_source, each.pk))
    source, number = (ids[0].source, ids[0].value) if ids else of_ours(agency, partner_id)
    return in_file(agency, source, number)


def numbers_of(partner_ids: Iterable[int]) -> dict[int, list[Any]]:
    """The numbers of these partners by id. One query."""
    found: dict[int, list[Any]] = {}
    for each in ExternalId.objects.filter(partner__in=set(partner_ids)):
        found.setdefault(each.partner_id, []).append(each)
    return found
