"""Of what this app tells people, and by which ways unless they choose otherwise."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

FOLLOW_UP: Final = Kind(
    "follow_up", _("A follow-up with a partner is given to me"), _("somebody gave you a follow-up to do"), task=True
)
PARTNER: Final = "partners.partner"
"""Under this kind of thing the names of partners are filled into notices and tasks."""

MINE: Final = _("you care for this partner, lead the unit, or work in the office")
STARTED: Final = Kind("commitment_started", _("A partner begins to give as promised"), MINE, asks=False)
STOPPED: Final = Kind("commitment_stopped", _("A partner stops giving what was promised"), MINE, email=True, task=True)
RESUMED: Final = Kind("commitment_resumed", _("A partner gives again as promised"), MINE, asks=False)
SMALLER: Final = Kind("commitment_smaller", _("A gift is smaller than promised"), MINE)
LARGER: Final = Kind("commitment_larger", _("A gift is larger than promised"), MINE)
EXTRA: Final = Kind("commitment_extra", _("A partner gives an extra gift"), MINE)
LONG_DUE: Final = Kind("commitment_long_due", _("A payment is due after half a year or longer"), MINE, task=True)
LATE: Final = Kind("commitment_late", _("A commitment is late over 30 or over 60 days"), MINE, task=True)
COMMITMENT_KINDS: Final = {
    kind.name.removeprefix("commitment_"): kind
    for kind in (STARTED, STOPPED, RESUMED, SMALLER, LARGER, EXTRA, LONG_DUE, LATE)
}
"""By the kind of the event."""
