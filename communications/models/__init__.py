"""Letters to partners, who gets them, and on what ground."""

from communications.models.agreed import AgreedWords
from communications.models.consent import Basis, Channel, ConsentEntry, ConsentPolicy, Purpose
from communications.models.core_message import CoreMessage, SetMessage
from communications.models.guidelines import Acknowledgement, Guidelines
from communications.models.letter import Exclusion, Letter, LetterMessage

__all__ = [
    "Acknowledgement",
    "AgreedWords",
    "Basis",
    "Channel",
    "ConsentEntry",
    "ConsentPolicy",
    "CoreMessage",
    "Exclusion",
    "Guidelines",
    "Letter",
    "LetterMessage",
    "Purpose",
    "SetMessage",
]
