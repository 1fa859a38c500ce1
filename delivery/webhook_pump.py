"""Telling webhooks what is due: one teller at a time, in fair turns."""

import time

from delivery.pump import BATCH, PASS_SECONDS, SOLE_TELLER, sole_sender
from delivery.webhook_sending import deliver
from jobs.due import due_work
from jobs.nudge import nudge


def tell_due(seconds: float = PASS_SECONDS) -> int:
    """Send what is due for so long, and return how many events arrived. Asks for another pass when more is due then.
    Does nothing while another worker is at it.
    """
    with sole_sender(SOLE_TELLER) as is_mine:
        if not is_mine:
            return 0
        told, is_empty = tell(time.monotonic() + seconds)
    if not is_empty:
        nudge("delivery.tasks.send_webhooks")
    return told


def tell(deadline: float) -> tuple[int, bool]:
    """Batch after batch; how many events arrived, and whether nothing more is due."""
    told = 0
    while time.monotonic() < deadline:
        tried = 0
        for due in due_work(BATCH, "webhook"):
            arrived = deliver(due)
            tried += arrived is not None
            told += bool(arrived)
            if time.monotonic() > deadline:
                return told, False
        if not tried:
            return told, True
    return told, False
