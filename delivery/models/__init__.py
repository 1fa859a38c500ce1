"""What is sent out, to whom nothing more may be sent, and what people are told inside."""

from delivery.models.message import OutgoingMessage
from delivery.models.notice import Notice
from delivery.models.suppression import Suppression

__all__ = ["Notice", "OutgoingMessage", "Suppression"]
