"""Of what this app tells people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

REPLIES_DUE: Final = Kind(
    "replies_due",
    _("Replies of a wave are due"),
    _("you note replies for this unit"),
    asks=False,
    right="transition.talk",
)
