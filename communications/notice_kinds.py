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
    by_service=True,
)
MESSAGES: Final = Kind(
    "messages_asked",
    _("I am asked to read core messages"),
    _("you serve in this unit and have not acknowledged its core messages"),
    task=True,
    by_service=True,
)
WAITS: Final = Kind(
    "words_wait",
    _("Core messages or guidelines wait for my agreement"),
    _("you may agree to the words of this unit"),
    email=True,
    task=True,
    right="guidelines.write",
)
SENT_BACK: Final = Kind(
    "words_sent_back",
    _("Words that I wrote came back"),
    _("you wrote these words"),
    email=True,
    task=True,
    right="guidelines.write",
)
AGREED: Final = Kind("words_agreed", _("Words that I wrote are agreed to"), _("you wrote these words"), asks=False)
HELD: Final = Kind(
    "letter_held",
    _("A letter did not go out at its time"),
    _("you chose the time of this letter, or may send it"),
    email=True,
    task=True,
    right="letters.send",
)
KINDS: Final = (GUIDELINES, MESSAGES, WAITS, SENT_BACK, AGREED, HELD)
