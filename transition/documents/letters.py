"""The letters of a wave on paper, for those whom no e-mail reaches: one after the other, in the order of the post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from agencies.days import day_in_words
from agencies.letterhead import STANDARD, Letterhead
from agencies.models import Agency
from agencies.queries.look import logo_as_address, look_now
from communications.documents import Composer, composer_of
from core.pdf.direction import direction_of
from core.pdf.engine import render
from core.pdf.paper import paper_of
from partners.models import Address, Partner
from transition.models import Wave
from transition.queries.notices import printed


@dataclass(frozen=True)
class Sheet:
    """One letter: to whom it goes, and its words as safe HTML in their language."""

    address: Sequence[str]
    subject: str
    body: str
    lang: str
    direction: str


@dataclass(frozen=True)
class Sheets:
    """All that is printed."""

    agency: str
    sender: Sequence[str]
    letterhead: Letterhead
    day: str
    paper: str
    sheets: Sequence[Sheet]


def sheets_of(agency: Agency, wave: Wave) -> Sheets:
    """The letters of a wave that wait to be posted. Six queries and one per language."""
    rows: list[Any] = list(printed(wave).select_related("letter__unit"))
    people = Partner.objects.in_bulk({each.reader for each in rows})
    found = Address.objects.filter(partner__in=people, not_valid_since=None)
    homes = {each.partner_id: each for each in found.order_by("-pk")}
    rows.sort(key=lambda each: postal_order(homes.get(each.reader), people[each.reader].name))
    composers: dict[int, Composer] = {}
    sheets = []
    for each in rows:
        composer = composers.setdefault(each.letter_id, composer_of(agency, each.letter))
        partner = people[each.reader]
        made = composer.render(partner)
        lang = each.letter.language
        lines = (partner.name, *lines_of(homes.get(partner.pk)))
        sheets.append(Sheet(lines, made.subject, made.body, lang, direction_of(lang)))
    look = look_now(agency)
    return Sheets(
        agency=agency.legal_name or agency.name,
        sender=[line.strip() for line in agency.address.splitlines() if line.strip()],
        letterhead=Letterhead(agency.name, look.accent or STANDARD, logo_as_address(look), width=None, height=None),
        day=day_in_words(agency, agency.today()),
        paper=paper_of(agency.country),
        sheets=sheets,
    )


def postal_order(home: Address | None, name: str) -> tuple[str, str, str]:
    """By country and postal code, so that the pile is sorted for the post."""
    return (home.country, home.postal_code, name.casefold()) if home else ("", "", name.casefold())


def lines_of(home: Address | None) -> list[str]:
    """An address as it stands on an envelope."""
    if home is None:
        return []
    town = " ".join(part for part in (home.city, home.region, home.postal_code) if part)
    return [line for line in (*home.lines.splitlines(), town, home.country) if line.strip()]


def render_sheets(made: Sheets, title: str, made_at: datetime) -> bytes:
    """Return the PDF. Raises DocumentTooLarge."""
    return render(
        "pdf/wave_letters.html",
        {"made": made},
        lang=get_language() or "en",
        title=title,
        author=made.agency,
        created=made_at,
        stylesheets=("pdf/unit_report.css", "pdf/wave_letters.css"),
        accent=made.letterhead.accent if made.letterhead.accent != STANDARD else "",
    )
