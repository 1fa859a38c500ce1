"""Why a backup or a restore does not go ahead."""

from core.errors import Refused


class CannotBackUp(Refused):
    """The backup would be wrong or incomplete; nothing is kept of it."""


class CannotRestore(Refused):
    """The backup or the target is not fit; said before anything is written, unless the message says otherwise."""
