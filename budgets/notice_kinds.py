"""Of what this app tells people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

GAP: Final = Kind(
    "budget_gap",
    _("A budget is well behind"),
    _("you look after this budget"),
    asks=False,
    right="budgets.edit",
)
