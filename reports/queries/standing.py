"""Which gift lines of a year are receipted, and why the others are not: the one place where that is decided."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When, lookups
from django.utils.translation import gettext_lazy as _

from partners.models import Gift, GiftLine, GivingUnit, Partner
from reports.models import ReceiptStart

GOODS = (Gift.Kind.IN_KIND.value, Gift.Kind.STOCK.value)
FUND_CREDITS = ("advised_by", "giving_fund")
"""Soft credits that only a fund makes: a donor-advised fund on advice, a giving fund that collects from many."""


class Standing(models.TextChoices):
    """What becomes of a gift line. The first two stand on a statement, the others are explicitly left out of it."""

    MONEY = "money", _("On a statement")
    GOODS = "goods", _("On a statement, described without a value")
    UNIDENTIFIED = "unidentified", _("The giver is not known")
    ELSEWHERE = "elsewhere", _("Receipted elsewhere, before this installation")
    FUND = "fund", _("A fund gave, and has receipted its own giver")
    NOT_WANTED = "not_wanted", _("The giver asked for no receipts")


STATED = (Standing.MONEY.value, Standing.GOODS.value)
LEFT_OUT = tuple(standing for standing in Standing if standing.value not in STATED)


def receipts_from() -> date | None:
    """The first contribution date that is receipted here; None where nothing was receipted elsewhere."""
    found: date | None = ReceiptStart.objects.order_by("-pk").values_list("on", flat=True).first()
    return found


def standing_of_line() -> Case:
    """The standing of a gift line, as a column. The first reason that fits is the one. What is given back of a gift
    that another system receipted stands on no statement here either: there is nothing from which it could be taken.
    """
    start = Subquery(ReceiptStart.objects.order_by("-pk").values("on")[:1])
    giver, kinds = "gift__giving_unit", [kind.value for kind in Standing]
    fund = Q(**{f"{giver}__partner__kind": Partner.Kind.SPONSOR}) | Q(gift__soft_kind__in=FUND_CREDITS)
    # Few gifts reverse another: each looks up its own, where a join would read all gifts of the agency.
    reversed_kind = Subquery(Gift.objects.filter(pk=OuterRef("gift__reverses_id")).values("kind")[:1])
    returned = Q(gift__reverses__isnull=False) & Q(lookups.In(reversed_kind, GOODS))
    goods = Q(gift__kind__in=GOODS) | returned
    reversed_receipt = Subquery(Gift.objects.filter(pk=OuterRef("gift__reverses_id")).values("receipted_elsewhere")[:1])
    taken_back = Q(gift__reverses__isnull=False) & Q(lookups.Exact(reversed_receipt, Value(True)))
    return Case(
        When(**{f"{giver}__is_unidentified": True}, then=Value(Standing.UNIDENTIFIED.value)),
        When(gift__date__lt=start, then=Value(Standing.ELSEWHERE.value)),
        When(gift__receipted_elsewhere=True, then=Value(Standing.ELSEWHERE.value)),
        When(taken_back, then=Value(Standing.ELSEWHERE.value)),
        When(fund, then=Value(Standing.FUND.value)),
        When(**{f"{giver}__receipts": GivingUnit.Receipts.NONE}, then=Value(Standing.NOT_WANTED.value)),
        When(goods, then=Value(Standing.GOODS.value)),
        default=Value(Standing.MONEY.value),
        output_field=models.CharField(max_length=max(map(len, kinds))),
    )


def lines_of_year(year: int) -> Any:
    """Gift lines that count in a year, by contribution date, each with `standing`. Withdrawn ones count nowhere."""
    lines = GiftLine.objects.filter(
        withdrawn_at=None,
        gift__withdrawn_at=None,
        gift__date__gte=date(year, 1, 1),
        gift__date__lte=date(year, 12, 31),
    )
    return lines.annotate(standing=standing_of_line())
