"""What follows when an account changes its address."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.dispatch import receiver

from accounts.models import User
from accounts.operations import hand_over_mailbox


@receiver(email_changed)
def part_the_mailbox(
    user: User, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **signal: Any
) -> None:
    """A shared address stays with the spouse who reads it; both are told where both read until now."""
    if from_email_address is None:
        return
    address = from_email_address.email
    heir = hand_over_mailbox(owner=user, address=address)
    if heir is not None:
        told = {"owner": user, "heir": heir, "address": address, "new_address": to_email_address.email}
        for reader in (heir, user):
            get_adapter().send_mail("account/email/mailbox_parted", address, {**told, "reader": reader})
