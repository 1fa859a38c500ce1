"""What webhooks tell of giving."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.event_kinds import EventKind

GIFT_POSTED: Final = EventKind("gift.posted", _("A gift was posted"), "gifts")
GIFT_REVERSED: Final = EventKind("gift.reversed", _("A gift was withdrawn, or money went back"), "gifts")
PARTNER_CHANGED: Final = EventKind("partner.changed", _("A partner is new, changed or merged"), "partners")
COMMITMENT_LATE: Final = EventKind("commitment.late", _("A commitment is late"), "commitments")
KINDS: Final = (GIFT_POSTED, GIFT_REVERSED, PARTNER_CHANGED, COMMITMENT_LATE)
