"""For staff: who needs me now, and why?"""

from datetime import timedelta

from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money, exponent
from home.cards.parts import Card, Row, url
from home.cards.units import confirmations
from partners.models import FollowUp, Gift, ReviewItem
from partners.pages.care import follow_up_rows
from partners.pages.timeline import beside

LARGE_GIFT = 1000
DAYS_TO_CALL = 30
SHOWN = 12


def today(seat: Seat) -> list[Card]:
    """What was promised, large gifts to call about, gifts held for a look; for who may confirm anywhere, what waits for
    it.
    """
    confirming = [confirmations(seat)] if seat.can("rollout.confirm") else []
    return [promised(seat), calls(seat), held(seat), *confirming]


def promised(seat: Seat) -> Card:
    """What others of the office or a team promised partners and is due today or late; what is one's own stands among
    the tasks, above. Two queries.
    """
    open_ones = FollowUp.objects.seen_by(seat).open().exclude(assignee=seat.user_id)
    due = open_ones.filter(due_on__lte=seat.agency.today())
    found = due.select_related("partner", "assignee").order_by("due_on", "pk")[:SHOWN]
    rows = [
        Row(
            each.partner,
            beside(each.how, each.text, each.who, each.unit),
            each.partner_url,
            since=_("due %(day)s") % {"day": each.due},
            status=_("Late") if each.late else "",
            tone="bad",
        )
        for each in follow_up_rows(seat, found)
    ]
    total = due.count()
    return Card(
        id="promised",
        title=_("Promised to partners by others"),
        rows=rows,
        meta=_("%(total)s due or late") % {"total": total} if total else "",
        quiet=_("Nothing that others promised is due."),
        action_label=_("See all") if total > SHOWN else "",
        action_url=url(seat, "follow_ups"),
    )


def calls(seat: Seat) -> Card:
    """Gifts so large that a letter is not enough: somebody calls."""
    since = seat.agency.today() - timedelta(days=DAYS_TO_CALL)
    currency = seat.agency.base_currency
    least = Money(LARGE_GIFT * 10 ** exponent(currency), currency)
    gifts = (
        Gift.objects.seen_by(seat)
        .standing()
        .filter(date__gte=since, currency=currency, amount__gte=least.minor, anonymous=False)
        .exclude(giving_unit__partner=None)
        .filter(giving_unit__partner__deceased_on=None, giving_unit__partner__erased_at=None)
        .select_related("giving_unit__partner")
        .order_by("-date", "-pk")[:SHOWN]
    )
    rows = [
        Row(
            gift.giving_unit.name,
            _("gave %(amount)s: call to thank")
            % {"amount": Money(gift.amount, gift.currency).format(seat.agency.locale)},
            url(seat, "partner", gift.giving_unit.partner_id),
            since=day_in_words(seat.agency, gift.date),
        )
        for gift in gifts
    ]
    return Card(
        id="calls",
        title=_("To call"),
        rows=rows,
        meta=_("Gifts of %(least)s or more in the last %(days)s days")
        % {"least": least.format(seat.agency.locale), "days": DAYS_TO_CALL},
        quiet=_("No gift of this size came in. Smaller ones are thanked by letter."),
    )


def held(seat: Seat) -> Card:
    """Gift lines held for a person, the longest waiting first."""
    waiting = ReviewItem.objects.open().select_related("line__gift").order_by("made_at", "pk")
    rows = [
        Row(
            _("Gift of %(date)s") % {"date": day_in_words(seat.agency, item.line.gift.date)},
            item.get_reason_display(),
            url(seat, "gift", item.line.gift_id),
            status=_("Look"),
            tone="warn",
        )
        for item in waiting[:SHOWN]
    ]
    total = waiting.count()
    return Card(
        id="held",
        title=_("Held for a look"),
        rows=rows,
        meta=_("%(total)s gift lines") % {"total": total} if total else "",
        quiet=_("No gift is held."),
        action_label=_("See all") if total > SHOWN and seat.can("gifts.record") else "",
        action_url=url(seat, "reviews"),
    )
