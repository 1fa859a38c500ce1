"""A letter as one partner gets it: subject, plain text, HTML and the headers of bulk mail."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe

from agencies.models import Agency
from communications.consent_links import preferences_link
from communications.merge import merged
from communications.models import Letter
from communications.richtext import to_html, to_text
from delivery import unsubscribe
from delivery.models import OutgoingMessage
from partners.models import Partner


@dataclass(frozen=True)
class Rendered:
    """One partner's letter. `body` is the HTML of the words alone, safe to show on a page."""

    subject: str
    text: str
    html: str
    body: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Composer:
    """A letter, made ready once and then rendered for any number of partners without a query."""

    agency: Agency
    letter: Letter
    unit_name: str
    html: str = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "html", to_html(self.letter.body))
        object.__setattr__(self, "text", to_text(self.letter.body))

    def values(self, partner: Partner) -> dict[str, str]:
        """What the merge fields say for this partner."""
        return {
            "greeting": partner.salutation(),
            "partner_name": partner.name,
            "unit_name": self.unit_name,
            "agency_name": self.agency.name,
        }

    def render(self, partner: Partner, address: str = "") -> Rendered:
        """The letter to this partner at this address. Without one it is a preview or a proof: the ways out are named
        but lead nowhere, so that nobody unsubscribes a partner by trying them.
        """
        values, headers = self.values(partner), self.headers(partner, address)
        subject = " ".join(merged(self.letter.subject, values).split())
        body = merged(self.html, values, lambda value: str(escape(value)))
        with translation.override(self.letter.language):
            context = {**self.frame(subject), **self.ways_out(partner, headers)}
            text = render_to_string("email/letter.txt", {**context, "words": merged(self.text, values)})
            html = render_to_string("email/letter.html", {**context, "words": mark_safe(body)})  # noqa: S308 - escaped
        return Rendered(subject, text, html, body, headers)

    def frame(self, subject: str) -> dict[str, Any]:
        """What stands around the words: language and sender with postal address."""
        return {
            "subject": subject,
            "language": self.letter.language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "agency": self.agency.legal_name or self.agency.name,
            "postal": [line.strip() for line in self.agency.address.splitlines() if line.strip()],
        }

    def headers(self, partner: Partner, address: str) -> dict[str, str]:
        """One-click unsubscribe (RFC 8058)."""
        if not address:
            return {}
        return unsubscribe.headers(self.agency.pk, address, PURPOSE, reference(partner.pk))

    def ways_out(self, partner: Partner, headers: dict[str, str]) -> dict[str, str]:
        """The links in the foot; the one to unsubscribe is that of the headers."""
        if not headers:
            return {}
        return {
            "unsubscribe_url": headers["List-Unsubscribe"].strip("<>"),
            "preferences_url": preferences_link(self.agency.pk, partner.pk),
        }


PURPOSE = OutgoingMessage.Purpose.LETTER.value


def reference(partner_id: int) -> str:
    """How an unsubscribe link tells us whose it was."""
    return f"partner:{partner_id}"


def partner_of(said: str) -> int | None:
    """The partner in such a reference, None for another sender's."""
    kind, _colon, number = said.partition(":")
    return int(number) if kind == "partner" and number.isascii() and number.isdigit() else None


def composer_of(agency: Agency, letter: Letter) -> Composer:
    """The composer of a letter; its unit must be loaded."""
    return Composer(agency, letter, letter.unit.public_name)
