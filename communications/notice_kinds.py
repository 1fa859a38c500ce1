"""Of what this app tells people, and by which ways unless they choose otherwise."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

GUIDELINES: Final = Kind(
    "guidelines_asked",
    _("I am asked to read guidelines"),
    _("you serve in this unit and have not acknowledged its guidelines"),
    email=True,
    task=True,
)
MESSAGES: Final = Kind(
    "messages_asked",
    _("I am asked to read core messages"),
    _("you serve in this unit and have not acknowledged its core messages"),
)
KINDS: Final = (GUIDELINES, MESSAGES)
