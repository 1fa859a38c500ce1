"""Of what this app tells people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

CHECKED: Final = Kind(
    "handover_checked",
    _("Giving was checked after a worker's exit"),
    _("you opened the hand-over"),
    right="handover.view",
)
