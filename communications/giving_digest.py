"""Once a month each worker who wants it hears by mail what was given to their work: the page of the month, less what a
mail may not name.
"""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, Membership
from agencies.seats import Seat, seat_of
from core.periods import last_month
from core.site import site
from delivery import unsubscribe
from delivery.channels import channels_for
from delivery.digest_mail import PURPOSE, Letter, way_out
from delivery.kinds import Kind
from delivery.models import OutgoingMessage
from delivery.operations import queue
from delivery.queries import is_suppressed
from jobs import kinds, schedule
from jobs.running import Running
from partners.pages.own_giving import Digest, changes_in_words, digest_of, last_day, page_url
from partners.queries.own_giving import has_own_giving

DIGEST: Final = Kind(
    "giving_digest",
    gettext_lazy("Once a month: what was given to my work"),
    gettext_lazy("you serve in a unit or hold relationships with partners"),
    in_app=False,
    email=True,
    asks=False,
)
JOB: Final = "communications.giving_digest"
schedule.register("giving digest", "20 6 2 * *", JOB, title="What was given to each worker", per_agency=True)
"""On the second, when the month before has ended on every clock of the earth."""


@kinds.register(JOB, right="letters.send")
def send_digests(job: Running) -> dict[str, int]:
    """Monthly: a mail to each worker about the month before."""
    agency = job.agency
    with job.unit():
        return {"mails": mail_digests(agency=agency, month=last_month(agency.today()))}


@transaction.atomic
def mail_digests(*, agency: Agency, month: date) -> int:
    """Queue the mails about a month, one for each worker who wants it and to whose work something was given; return how
    many. Again for the same month it queues none. Nothing of a month that ended before the agency went live is told.
    """
    if agency.live_on is None or last_day(month) < agency.live_on:
        return 0
    Agency.objects.select_for_update(no_key=True).get(
        pk=agency.pk
    )  # two at once would both count what one of them queues
    members = list(Membership.objects.filter(left_at=None, user__is_active=True).select_related("user__mailbox"))
    ways = channels_for(DIGEST.name, [each.user_id for each in members])
    wanting = [each for each in members if ways[each.user_id].email and not is_suppressed(way_out(each.user), PURPOSE)]
    return sum(mail_one(agency, seat_of(agency, each), month) for each in wanting)


def mail_one(agency: Agency, seat: Seat, month: date) -> int:
    """The mail of one worker, or none."""
    if not has_own_giving(seat):
        return 0
    digest = digest_of(seat, month, since=agency.live_on)
    key = f"giving digest {seat.user_id} {month:%Y-%m}"
    if digest.is_empty or was_queued(key):
        return 0
    user, made = seat.membership.user, letter(seat, digest)
    queue(
        to=user.mail_address,
        subject=made.subject,
        text=made.text,
        html=made.html,
        headers=made.headers,
        purpose=PURPOSE,
        key=key,
    )
    return 1


def was_queued(key: str) -> bool:
    """Whether the mail of this period is in the outbox already."""
    return bool(OutgoingMessage.objects.named().filter(key=key).exists())


def letter(seat: Seat, digest: Digest) -> Letter:
    """The mail. Of units that are careful or closed it tells only that there is something, and leads to the page."""
    agency, user = seat.agency, seat.membership.user
    subject = _("%(month)s: what was given to your work") % {"month": digest.title}
    if user.shares_mailbox:
        subject = _("For %(name)s: %(subject)s") % {"name": user.name, "subject": subject}
    context: dict[str, Any] = {
        "agency": agency.name,
        "name": user.name,
        "subject": subject,
        "digest": digest,
        "lines": digest.open_lines,
        "guarded": digest.guarded,
        "changed": changes_in_words(digest, only_open=True),
        "url": site() + page_url(seat, digest.month),
        "choices_url": site() + reverse("notice_choices", args=[agency.slug]),
        "out_url": unsubscribe.link(agency.pk, way_out(user), PURPOSE),
    }
    return Letter(
        subject=subject,
        text=render_to_string("communications/mail/digest.txt", context),
        html=render_to_string("communications/mail/digest.html", context),
        headers=unsubscribe.headers(agency.pk, way_out(user), PURPOSE),
    )
