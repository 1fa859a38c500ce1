"""The words of the mail that carries a person's notices of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from agencies.models import Agency
from core.site import site
from delivery import unsubscribe
from delivery.kinds import kind_named
from delivery.models import Notice, OutgoingMessage
from delivery.naming import in_words

PURPOSE = OutgoingMessage.Purpose.NOTICE


def way_out(user: User) -> str:
    """What the link at the foot of these mails closes: this person's notices, not their mailbox, which a spouse may
    read too.
    """
    return f"notices of person {user.pk}"


@dataclass(frozen=True)
class Line:
    """A notice with its link."""

    text: str
    url: str


@dataclass(frozen=True)
class Part:
    """The notices of one kind, and why the reader gets them."""

    label: str
    why: str
    lines: list[Line]


@dataclass(frozen=True)
class Letter:
    """A mail without its address."""

    subject: str
    text: str
    html: str
    headers: dict[str, str]


def letter(agency: Agency, user: User, notices: Sequence[Notice]) -> Letter:
    """One mail of these notices. Names of things are those that anybody may hear now, since mail goes anywhere."""
    out = unsubscribe.link(agency.pk, way_out(user), PURPOSE)
    context = {
        "agency": agency.name,
        "name": user.name,
        "parts": parts(notices),
        "choices_url": site() + reverse("notice_choices", args=[agency.slug]),
        "out_url": out,
    }
    subject = ngettext("%(count)s notice from %(agency)s", "%(count)s notices from %(agency)s", len(notices))
    said = subject % {"count": len(notices), "agency": agency.name}
    if user.shares_mailbox:
        said = _("For %(name)s: %(subject)s") % {"name": user.name, "subject": said}
    return Letter(
        subject=said,
        text=render_to_string("delivery/mail/notices.txt", context),
        html=render_to_string("delivery/mail/notices.html", context),
        headers=unsubscribe.headers(agency.pk, way_out(user), PURPOSE),
    )


def parts(notices: Sequence[Notice]) -> list[Part]:
    """The notices by kind, the kinds in the order in which they first come."""
    by_kind: dict[str, list[Line]] = {}
    for notice, text in zip(notices, in_words(notices), strict=True):
        by_kind.setdefault(notice.kind, []).append(Line(text, site() + notice.url if notice.url else ""))
    found: list[tuple[Any, list[Line]]] = [(kind_named(name), lines) for name, lines in by_kind.items()]
    return [Part(str(kind.label), str(kind.why), lines) for kind, lines in found]
