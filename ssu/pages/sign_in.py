"""Whether somebody who serves signs in, is asked in, or could be."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Invitation
from agencies.seats import Seat
from ssu.models import Worker
from ssu.queries.sign_ins import invitation_of, serves_now


@dataclass(frozen=True)
class SignIn:
    """How it stands, in words. `send` is what the button that sends says, "" where nothing waits to be sent."""

    words: str
    person_url: str = ""
    send: str = ""
    may_invite: bool = False


def sign_in(seat: Seat, worker: Worker) -> SignIn:
    """The sign-in of a person. Two queries at most; who may not invite learns only whether there is one."""
    membership = worker.membership
    if membership is not None and membership.left_at is None:
        return SignIn(_("Signs in."), reverse("person", args=[seat.agency.slug, membership.pk]))
    if not seat.can("people.edit"):
        return SignIn(_("Has no sign-in."))
    invitation = invitation_of(worker)
    if invitation is not None:
        return invited(seat, invitation)
    if not serves_now(worker):
        return SignIn(_("Has no sign-in. Whoever serves in a team can be invited."))
    return SignIn(_("Has no sign-in: signs on paper."), may_invite=True)


def invited(seat: Seat, invitation: Invitation) -> SignIn:
    """An invitation that waits."""
    said = {"email": invitation.email, "day": day_in_words(seat.agency, invitation.expires_at)}
    if invitation.held_since:
        return SignIn(_("The invitation to %(email)s is held: nothing was sent yet.") % said, send=_("Send invitation"))
    if invitation.is_open:
        return SignIn(_("Invited at %(email)s. The link works until %(day)s.") % said, send=_("Send again"))
    return SignIn(_("Invited at %(email)s. The link stopped working on %(day)s.") % said, send=_("Send again"))
