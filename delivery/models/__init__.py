"""What is sent out, to whom nothing more may be sent, what people are told inside, and what they are asked to do."""

from delivery.models.choice import MailHour, NoticeChoice
from delivery.models.message import OutgoingMessage
from delivery.models.notice import Notice
from delivery.models.suppression import Suppression
from delivery.models.task import Task
from delivery.models.webhook import Webhook, WebhookDelivery, WebhookEvent

__all__ = [
    "MailHour",
    "Notice",
    "NoticeChoice",
    "OutgoingMessage",
    "Suppression",
    "Task",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
]
