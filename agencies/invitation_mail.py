"""The mail that carries an invitation's link."""

from django.core.mail import send_mail
from django.template.loader import render_to_string

from agencies.days import day_in_words
from agencies.invitation_links import address_of
from agencies.models import Agency, Invitation
from agencies.scope import NOBODY, within


def send(agency: Agency, invitation: Invitation) -> None:
    """Hand the mail to the mail backend, as account mail, which is in no agency's scope.

    Colleagues who may read what the agency has sent must not find a link that makes its holder an administrator.
    """
    inviter = invitation.invited_by
    context = {
        "agency": agency.name,
        "inviter": inviter.name if inviter else "",
        "name": invitation.name,
        "url": address_of(invitation),
        "last_day": day_in_words(agency, invitation.expires_at),
    }
    subject = " ".join(render_to_string("agencies/mail/invitation_subject.txt", context).split())
    with within(NOBODY):
        send_mail(subject, render_to_string("agencies/mail/invitation.txt", context), None, [invitation.email])
