"""The mail that carries an invitation's link."""

from django.core.mail import send_mail
from django.template.loader import render_to_string

from agencies.days import day_in_words
from agencies.invitation_links import address_of
from agencies.models import Agency, Invitation
from agencies.scope import NOBODY, within


def words(agency: Agency, invitation: Invitation, url: str, last_day: str) -> tuple[str, str]:
    """Subject and text of the mail. Where two people read one mailbox, the first line of both says whom it is for."""
    inviter = invitation.invited_by
    context = {
        "agency": agency.name,
        "inviter": inviter.name if inviter else "",
        "name": invitation.name,
        "shared": bool(invitation.sign_in_name),
        "url": url,
        "last_day": last_day,
    }
    subject = " ".join(render_to_string("agencies/mail/invitation_subject.txt", context).split())
    return subject, render_to_string("agencies/mail/invitation.txt", context)


def send(agency: Agency, invitation: Invitation) -> None:
    """Hand the mail to the mail backend, as account mail, which is in no agency's scope.

    Colleagues who may read what the agency has sent must not find a link that makes its holder an administrator.
    """
    last_day = day_in_words(agency, invitation.expires_at)
    subject, text = words(agency, invitation, address_of(invitation), last_day)
    with within(NOBODY):
        send_mail(subject, text, None, [invitation.email])
