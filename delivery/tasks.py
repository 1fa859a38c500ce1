"""What Celery calls, and what the clock starts."""

from datetime import timedelta

from celery import shared_task

from delivery import pump
from delivery.operations import forget_account_mail, mail_notices
from delivery.operations.events import forget_events
from delivery.webhook_pump import tell_due
from jobs import schedule
from jobs.fan_out import for_each_agency
from jobs.kinds import register
from jobs.running import Running

KEPT = timedelta(days=7)
TOLD_KEPT = timedelta(days=60)


@shared_task(name="delivery.tasks.send_due")
def send_due() -> None:
    """Send what is due."""
    pump.send_due()


@shared_task(name="delivery.tasks.send_webhooks")
def send_webhooks() -> None:
    """Tell webhooks what is due."""
    tell_due()


@register("delivery.forget_events")
def forget_told(job: Running) -> dict[str, int]:
    """Nightly: events that were told long ago go."""
    return {"events": sum(for_each_agency(lambda agency: forget_events(agency=agency, older_than=TOLD_KEPT)))}


schedule.register("forget events", "25 3 * * *", "delivery.forget_events", title="Forget events that were told")


@register("delivery.forget_account_mail")
def forget(job: Running) -> None:
    """Nightly: the words of old account mail go, links and all."""
    with job.unit():
        forget_account_mail(older_than=KEPT)


schedule.register("forget account mail", "20 3 * * *", "delivery.forget_account_mail", title="Forget old account mail")


@register("delivery.mail_notices")
def mail(job: Running) -> dict[str, int]:
    """Each hour: one mail of their notices for everybody whose hour has come, agency by agency."""
    return {"mails": sum(for_each_agency(lambda agency: mail_notices(agency=agency)))}


schedule.register("mail notices", "5 * * * *", "delivery.mail_notices", title="Notices by mail")
