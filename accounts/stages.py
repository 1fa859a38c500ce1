"""Steps of signing in that differ from allauth's."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class OwnAddressStage(EmailVerificationStage):  # type: ignore[misc]
    """An address is verified before it signs in; who reads the mailbox of a spouse has none of their own to verify. The
    link of their invitation went to that mailbox.
    """

    def handle(self) -> Any:
        if self.login.user.mailbox_id is not None:
            return None, True
        return super().handle()
