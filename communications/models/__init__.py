"""Letters to partners, who gets them, and on what ground."""

from communications.models.consent import Basis, Channel, ConsentEntry, ConsentPolicy, Purpose
from communications.models.core_message import CoreMessage
from communications.models.letter import Exclusion, Letter, LetterMessage

__all__ = [
    "Basis",
    "Channel",
    "ConsentEntry",
    "ConsentPolicy",
    "CoreMessage",
    "Exclusion",
    "Letter",
    "LetterMessage",
    "Purpose",
]
