"""One mail per person and window with what they were told since the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Membership
from delivery.digest_mail import PURPOSE, letter, way_out
from delivery.models import MailHour, Notice
from delivery.operations.messages import queue
from delivery.queries import is_suppressed

USUAL_HOUR = 7


@dataclass(frozen=True)
class Window:
    """The hour of a person's mail, on their clock."""

    hour: int
    zone: ZoneInfo

    def last_end(self, now: datetime) -> datetime:
        """The newest moment at which a window ended: today at the hour, or yesterday while that is still to come."""
        here = now.astimezone(self.zone)
        end = datetime.combine(here.date(), time(self.hour), tzinfo=self.zone)
        return end if end <= here else datetime.combine(here.date() - timedelta(days=1), time(self.hour), self.zone)


@transaction.atomic
def mail_notices(*, agency: Agency, now: datetime | None = None) -> int:
    """Queue, for each person whose hour has come, one mail with what they were told before it and have not read; return
    how many mails. Running again sends nothing twice.
    """
    moment = now or timezone.now()
    waiting: dict[int, list[Notice]] = {}
    for notice in Notice.objects.filter(to_mail=True, mailed_at=None, read_at=None).order_by("pk"):
        waiting.setdefault(notice.user_id, []).append(notice)
    windows = windows_of(agency, list(waiting))
    readers = User.objects.select_related("mailbox").in_bulk(list(waiting))
    serving = set(Membership.objects.filter(user__in=waiting, left_at=None).values_list("user_id", flat=True))
    sent = 0
    for user_id, notices in waiting.items():
        end = windows[user_id].last_end(moment)
        due = [notice for notice in notices if notice.created_at <= end]
        if due and user_id in serving and readers[user_id].is_active:
            sent += send(agency, readers[user_id], due, end, moment)
    return sent


def windows_of(agency: Agency, user_ids: Sequence[int]) -> dict[int, Window]:
    """The hour of each of these people. One query."""
    usual = Window(USUAL_HOUR, agency.zone)
    chosen = {
        each.user_id: Window(each.hour, ZoneInfo(each.time_zone)) for each in MailHour.objects.filter(user__in=user_ids)
    }
    return {user_id: chosen.get(user_id, usual) for user_id in user_ids}


def send(agency: Agency, user: User, notices: Sequence[Notice], end: datetime, moment: datetime) -> int:
    """Queue one mail, or none for somebody who pressed the link at the foot of an earlier one; either way these notices
    have had their turn.
    """
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=moment)
    if is_suppressed(way_out(user), PURPOSE):
        return 0
    made = letter(agency, user, notices)
    queue(
        to=user.mail_address,
        subject=made.subject,
        text=made.text,
        html=made.html,
        headers=made.headers,
        purpose=PURPOSE,
        key=f"notices {user.pk} {end:%Y-%m-%dT%H%z}",
    )
    return 1
