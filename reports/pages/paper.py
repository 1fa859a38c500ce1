"""The head of a paper about a unit."""

from django.utils.translation import get_language

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.queries.look import logo_as_address, look_now
from core.pdf.paper import paper_of


def head_of(agency: Agency, name: str) -> dict[str, str]:
    """The fields of `Paper`: the agency's look, today, and what the unit is called. One query."""
    look = look_now(agency)
    return {
        "agency": agency.name,
        "logo": logo_as_address(look),
        "accent": look.accent,
        "name": name,
        "lang": get_language() or "en",
        "paper": paper_of(agency.country),
        "as_of": day_in_words(agency, agency.today()),
    }
