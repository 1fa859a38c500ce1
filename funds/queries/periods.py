"""Which months take postings."""

from datetime import date

from funds.models import PeriodClose


def open_from() -> date | None:
    """The first day that takes postings; None while no month was ever closed."""
    found: date | None = PeriodClose.objects.order_by("-pk").values_list("open_from", flat=True).first()
    return found
