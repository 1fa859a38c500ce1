"""Of what this app tells people, and by which ways unless they choose otherwise."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind

FOLLOW_UP: Final = Kind(
    "follow_up", _("A follow-up with a partner is given to me"), _("somebody gave you a follow-up to do"), task=True
)
PARTNER: Final = "partners.partner"
"""Under this kind of thing the names of partners are filled into notices and tasks."""
