"""Choosing how to be told."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from delivery.channels import Channels
from delivery.digest_mail import way_out
from delivery.models import MailHour, NoticeChoice, OutgoingMessage
from delivery.operations.suppressions import lift


@transaction.atomic
def choose_channels(*, agency: Agency, actor: User, chosen: Mapping[str, Channels], hour: int, time_zone: str) -> None:
    """Keep a person's own choice for each kind, and the hour of the mail. Whoever wants any mail opens the address
    again that a link in a mail may have closed.
    """
    now = timezone.now()
    NoticeChoice.objects.bulk_create(
        [
            NoticeChoice(user=actor, kind=kind, in_app=ways.in_app, email=ways.email, task=ways.task, chosen_at=now)
            for kind, ways in chosen.items()
        ],
        update_conflicts=True,
        unique_fields=["agency", "user", "kind"],
        update_fields=["in_app", "email", "task", "chosen_at"],
    )
    MailHour.objects.update_or_create(user=actor, defaults={"hour": hour, "time_zone": time_zone})
    if any(ways.email for ways in chosen.values()):
        purpose = OutgoingMessage.Purpose.NOTICE
        lift(actor=actor, address=way_out(actor), purpose=purpose, reason="The person chose mail for notices again.")
