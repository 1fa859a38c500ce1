"""Of what this app tells people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

CHECKED: Final = Kind(
    "handover_checked",
    _("Giving was checked after a worker's exit"),
    _("you opened the hand-over"),
    asks=False,
    right="handover.view",
)
IN_TOUCH: Final = Kind(
    "handover_in_touch",
    _("30, 90 and 180 days after an exit: be in touch with whom I took over"),
    _("you took over partners of a worker who left"),
    asks=False,
    right="partners.view",
)
KINDS: Final = (CHECKED, IN_TOUCH)
