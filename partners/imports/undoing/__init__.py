"""Taking back what an import made: by reversal where money moved, by removal where nothing else rests on it."""

from partners.imports.undoing.looking import look_at
from partners.imports.undoing.undo import take_back

__all__ = ["look_at", "take_back"]
