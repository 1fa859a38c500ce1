"""For whom an invitation is: for an address, and where a couple reads it, for one of the two (ADR 12)."""

from collections.abc import Callable

from accounts.models import User
from accounts.queries import has_address
from agencies.models import Invitation, Membership
from core.errors import Refused

IsAnothers = Callable[[User, Invitation], bool]
_others: list[IsAnothers] = []


class OtherAddress(Refused):
    """The person who signed in does not have the address to which the invitation went."""

    code = "other_address"
    status = 403
    message = "This invitation went to another e-mail address than yours. Sign out, and open the link again."


class OtherPerson(Refused):
    """The invitation went to an address that two people read, and it is for the other one."""

    code = "other_person"
    status = 403
    message = (
        "This invitation is for somebody else who reads your mails. Sign out, so that this person can open the link."
    )


def register_people(is_anothers: IsAnothers) -> None:
    """The app that knows who serves says whether somebody else than this person is behind an invitation:
    `is_anothers(user, invitation)`.
    """
    _others[:] = [is_anothers]


def refusal_of(invitation: Invitation, user: User) -> type[Refused] | None:
    """Why somebody who is signed in cannot use an invitation; None when it went to them: to their address, or to the
    sign-in name that they came by.
    """
    if user.sign_in_name:
        return None if invitation.sign_in_name == user.sign_in_name else OtherAddress
    if not has_address(user, invitation.email):
        return OtherAddress
    anothers = is_the_spouses(invitation, user) or any(ask(user, invitation) for ask in _others)
    return OtherPerson if anothers else None


def is_the_spouses(invitation: Invitation, user: User) -> bool:
    """Whether an invitation to a shared address is for the one of the couple who is not signed in: the other is in the
    agency by now, was in it and is not the one named, or goes by the name in another invitation to the same address.
    """
    if not invitation.sign_in_name:
        return False
    own = user.name.casefold()
    is_named = invitation.name.casefold() == own
    served = Membership.objects.filter(user=user)
    if served.filter(left_at=None).exists() or (served.exists() and not is_named):
        return True
    others = Invitation.objects.filter(email=invitation.email).exclude(pk=invitation.pk)
    named = any(other.waits and other.name.casefold() == own for other in others)
    return named and not is_named
