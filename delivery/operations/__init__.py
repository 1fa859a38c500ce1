"""What is done to messages, suppressions, notices and tasks."""

from delivery.operations.account_mail import forget_account_mail
from delivery.operations.choices import choose_channels
from delivery.operations.digests import mail_notices
from delivery.operations.fates import record_fate
from delivery.operations.messages import BadAddress, Draft, queue, queue_many
from delivery.operations.notices import Named, mark_read, notify, overtake
from delivery.operations.references import cancel, pause, resume
from delivery.operations.suppressions import lift, suppress, unsubscribe
from delivery.operations.tasks import add_task, finish_task, release, reopen_task, reschedule_tasks, settle_tasks
from delivery.operations.unknown import leave, send_again

__all__ = [
    "BadAddress",
    "Draft",
    "Named",
    "add_task",
    "cancel",
    "choose_channels",
    "finish_task",
    "forget_account_mail",
    "leave",
    "lift",
    "mail_notices",
    "mark_read",
    "notify",
    "overtake",
    "pause",
    "queue",
    "queue_many",
    "record_fate",
    "release",
    "reopen_task",
    "reschedule_tasks",
    "resume",
    "send_again",
    "settle_tasks",
    "suppress",
    "unsubscribe",
]
