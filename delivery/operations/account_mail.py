"""Keeping account mail no longer than it is of use."""

from datetime import timedelta

from django.utils import timezone

from delivery.models import OutgoingMessage


def forget_account_mail(*, older_than: timedelta) -> int:
    """Empty the words of account mail, which hold links that sign their reader in; the fact of sending stays. Needs
    nobody's scope.
    """
    old = OutgoingMessage.objects.filter(
        purpose=OutgoingMessage.Purpose.ACCOUNT, created_at__lt=timezone.now() - older_than
    ).exclude(text="")
    forgotten: int = old.update(text="", html="", changed_at=timezone.now())
    return forgotten
