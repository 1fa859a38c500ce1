"""What people type about letters, consent and the words that a unit agrees on."""

from communications.forms.letters import (
    ConsentForm,
    LetterForm,
    NewLetterForm,
    PolicyForm,
    PreferencesForm,
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
    "filled",
    "units_to_choose",
]
