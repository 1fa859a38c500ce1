"""The reports of giving as lists whose filter can be saved."""

from functools import partial

from agencies.saved_views import Listing
from partners.forms.giving_reports import names_of, offered
from partners.pages.giving_reports.words import REPORTS
from ssu.telling import tells
from ssu.unit_filters import guarded_words


def saved_reports() -> list[Listing]:
    """Each report with the parameters that a view of it keeps: what narrows it, its periods, and its columns."""
    return [
        Listing(
            each.page,
            each.page,
            "gifts.view",
            names_of(each.key),
            partial(offered, report=each.key),
            known=partial(guarded_words, known=True),
            hidden=partial(guarded_words, known=False),
            tells=tells,
        )
        for each in REPORTS
    ]
