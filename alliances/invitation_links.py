"""The signed address in an invitation to a seat, and the mail that carries it.

The address names the alliance, since nobody is in scope when it is opened, and a secret that is used once.
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.scope import NOBODY, within
from alliances.models import Alliance, SeatInvitation
from alliances.wording import day_words
from core.site import site

SIGNER = signing.Signer(salt="seat-invitation")


class ForgedLink(ValueError):
    """The address was not made here."""


@dataclass(frozen=True)
class Link:
    """What the address says: the alliance, and the nonce that finds the invitation there."""

    alliance_id: int
    nonce: str


def new_nonce() -> str:
    return secrets.token_urlsafe(32)


def token_of(invitation: SeatInvitation) -> str:
    """The signed part of the address."""
    return SIGNER.sign_object([invitation.alliance_id, invitation.nonce])


def read(token: str) -> Link:
    """What a token says. Raises ForgedLink. Whether it still works is a matter of the invitation."""
    try:
        alliance_id, nonce = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise ForgedLink from error
    return Link(alliance_id, nonce)


def address_of(invitation: SeatInvitation) -> str:
    """The whole address, for mail and terminal."""
    return site() + reverse("seat_invitation", args=[token_of(invitation)])


def send(alliance: Alliance, invitation: SeatInvitation) -> None:
    """Hand the mail to the mail backend as account mail, in nobody's scope:
    a link that gives a seat is for its reader alone.
    """
    member = invitation.member
    context = {
        "alliance": alliance.name,
        "organization": member.organization if member else "",
        "inviter": invitation.invited_by.name if invitation.invited_by else alliance.name,
        "name": invitation.name,
        "url": address_of(invitation),
        "last_day": day_words(alliance.day_of(invitation.expires_at)),
    }
    subject = " ".join(render_to_string("alliances/mail/invitation_subject.txt", context).split())
    with within(NOBODY):
        send_mail(subject, render_to_string("alliances/mail/invitation.txt", context), None, [invitation.email])
