"""The signed address in an invitation: it carries the agency, since nobody is in scope when it is opened, and a
secret used once.
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from agencies.models import Invitation
from core.site import site

SIGNER = signing.Signer(salt="invitation")
"""Without a time in it: one invitation has one address, and how long it works is told by its row."""


class ForgedLink(ValueError):
    """The address was not made here."""


@dataclass(frozen=True)
class Link:
    """What the address says: the agency, and the nonce that finds the invitation there."""

    agency_id: int
    nonce: str


def new_nonce() -> str:
    return secrets.token_urlsafe(32)


def token_of(invitation: Invitation) -> str:
    """The signed part of the address."""
    return SIGNER.sign_object([invitation.agency_id, invitation.nonce])


def read(token: str) -> Link:
    """What a token says. Raises ForgedLink. When it ends is a matter of the invitation, which may be renewed or
    withdrawn.
    """
    try:
        agency_id, nonce = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise ForgedLink from error
    return Link(agency_id, nonce)


def address_of(invitation: Invitation) -> str:
    """The whole address, for mail and terminal."""
    return site() + reverse("invitation", args=[token_of(invitation)])
