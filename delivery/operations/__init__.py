"""What is done to messages, suppressions and notices."""

from delivery.operations.account_mail import forget_account_mail
from delivery.operations.fates import record_fate
from delivery.operations.messages import BadAddress, Draft, queue, queue_many
from delivery.operations.notices import mark_read, notify
from delivery.operations.references import cancel, pause, resume
from delivery.operations.suppressions import lift, suppress, unsubscribe
from delivery.operations.unknown import leave, send_again

__all__ = [
    "BadAddress",
    "Draft",
    "cancel",
    "forget_account_mail",
    "leave",
    "lift",
    "mark_read",
    "notify",
    "pause",
    "queue",
    "queue_many",
    "record_fate",
    "resume",
    "send_again",
    "suppress",
    "unsubscribe",
]
