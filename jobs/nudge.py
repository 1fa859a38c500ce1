"""Telling a worker that there is something to do. Losing or repeating a nudge is harmless: the sweep finds what is
due (trust rule T9).
"""

import logging
from functools import cache, partial
from typing import Any

from celery import Celery
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


@cache
def producer() -> Celery:
    """A Celery application that only sends, and gives up at once when the broker does not answer.

    Without `max_retries` kombu tries for six seconds and more while somebody waits for a page.
    """
    app = Celery("yokefellow-nudge", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_transport_options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "max_retries": 0}
    return app


def nudge(task: str, *arguments: Any) -> bool:
    """Send a task by name; False, with a line in the log, when the broker is away."""
    try:
        producer().send_task(task, args=arguments, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer; the sweep will find the work of %s: %s", task, error)
        return False
    return True


def nudge_on_commit(task: str, *arguments: Any) -> None:
    """Send a task once the transaction is committed."""
    transaction.on_commit(partial(nudge, task, *arguments), robust=True)
