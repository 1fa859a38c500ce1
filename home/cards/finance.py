"""For finance: is every gift received, allotted, receipted, and does it add up to the cent?"""

from django.db.models import Count, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words, time_in_words
from agencies.seats import Seat
from core.money import Money
from core.periods import fiscal_year_bounds
from funds.models import AccountMonth
from home.cards.parts import Card, Row, Tile, url
from imports.models import ImportRun
from imports.pages.runs import shown_file_name, title_of
from partners.models import ReviewItem


def giving(seat: Seat) -> list[Card]:
    """What came in this fiscal year, what is held, and the last imports."""
    return [received(seat), imports(seat)]


def received(seat: Seat) -> Card:
    """Totals per currency, never added across currencies, from the monthly summary; and what is not allotted yet."""
    year = seat.agency.fiscal_year(seat.agency.today())
    first, last = fiscal_year_bounds(year, seat.agency.fiscal_year_start)
    sums = (
        AccountMonth.objects.filter(account__kind="deposit", kind="gift", month__range=(first, last))
        .values_list("currency")
        .annotate(total=Sum("debit") + Sum("credit"))
        .order_by("currency")
    )
    query = f"?first={first.isoformat()}&last={last.isoformat()}"
    tiles = [
        Tile(
            _("Received in fiscal year %(year)s") % {"year": year},
            Money(int(total), currency).format(seat.agency.locale),
            _("gifts less refunds, %(currency)s") % {"currency": currency},
            url(seat, "gifts") + query + f"&currency={currency}",
        )
        for currency, total in sums
    ]
    reasons = ReviewItem.objects.open().values_list("reason").annotate(count=Count("pk")).order_by("-count")
    labels = dict(ReviewItem.Reason.choices)
    rows = [
        Row(
            capfirst(str(labels[reason])),
            _("%(count)s gift lines held") % {"count": count},
            url(seat, "reviews"),
            tone="warn",
        )
        for reason, count in reasons
    ]
    return Card(
        id="received",
        title=_("Received and allotted"),
        tiles=tiles,
        rows=rows,
        quiet="" if tiles else _("Nothing came in this fiscal year yet. Import a file or record a gift."),
    )


STATES = {
    "refused": "bad",
    "checked": "prog",
    "applying": "prog",
    "uploaded": "none",
    "applied": "done",
    "undoing": "prog",
    "undone": "none",
}


def imports(seat: Seat) -> Card:
    """The last files brought in."""
    runs = ImportRun.objects.defer("outcome", "applied").order_by("-uploaded_at")[:5]
    rows = [
        Row(
            title_of(run),
            _("%(file)s, %(day)s, %(time)s")
            % {
                "file": shown_file_name(seat, run),
                "day": day_in_words(seat.agency, run.uploaded_at),
                "time": time_in_words(seat.agency, run.uploaded_at),
            },
            url(seat, "import", run.pk),
            status=str(run.get_state_display()),
            tone=STATES[run.state],
        )
        for run in runs
    ]
    return Card(
        id="imports",
        title=_("Imports"),
        rows=rows,
        quiet=_("No file was imported yet."),
        action_label=_("Import a file"),
        action_url=url(seat, "imports"),
    )
