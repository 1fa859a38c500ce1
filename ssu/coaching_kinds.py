"""Of what people are told about coaching, and by which ways unless they choose otherwise."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

PLANNED: Final = Kind(
    "coaching_planned", _("Coaching is planned for me"), _("you are coached then"), email=True, asks=False
)
LOGGED: Final = Kind("coaching_logged", _("My coaching is written down"), _("you were coached"), asks=False)
JOINER: Final = Kind(
    "coaching_joiner",
    _("Somebody joined a team that I coach or lead"),
    _("you coach or lead this unit"),
    email=True,
    task=True,
    right="coaching.record",
)
KINDS: Final = (PLANNED, LOGGED, JOINER)
