"""What people type about letters, consent and the words that a unit agrees on."""

from communications.forms.letters import (
    ConsentForm,
    LetterForm,
    NewLetterForm,
    PolicyForm,
    PreferencesForm,
    TimeForm,
    filled,
    units_to_choose,
)
from communications.forms.words import (
    BeginForm,
    CoreMessageForm,
    GuidelinesForm,
    MessageForms,
    ReturnForm,
    SignatureForm,
)

__all__ = [
    "BeginForm",
    "ConsentForm",
    "CoreMessageForm",
    "GuidelinesForm",
    "LetterForm",
    "MessageForms",
    "NewLetterForm",
    "PolicyForm",
    "PreferencesForm",
    "ReturnForm",
    "SignatureForm",
    "TimeForm",
    "filled",
    "units_to_choose",
]
