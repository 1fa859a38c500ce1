"""What the pages of webhooks show, worked out before the templates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import Agency
from agencies.seats import Seat
from core.bidi import isolated
from delivery.event_kinds import kind_label
from delivery.models import Webhook, WebhookDelivery
from delivery.operations.events import TEST
from delivery.outbox import Fact, Tab, moment

State = WebhookDelivery.State
TONES = {State.WAITING: "prog", State.DELIVERED: "done", State.FAILED: "bad", State.CANCELLED: "none"}
LABELS = {
    State.WAITING: gettext_lazy("Waiting"),
    State.DELIVERED: gettext_lazy("Delivered"),
    State.FAILED: gettext_lazy("Failed"),
    State.CANCELLED: gettext_lazy("Not sent"),
}


@dataclass(frozen=True)
class ShownWebhook:
    """A webhook as its row shows it."""

    id: int
    name: str
    url: str
    kinds: str
    state: str
    tone: str
    waiting: str


@dataclass(frozen=True)
class ShownDelivery:
    """An event on its way to a webhook."""

    id: int
    number: str
    kind: str
    when: str
    state: str
    tone: str
    note: str
    body: str
    may_go_again: bool


def webhooks() -> QuerySet[Webhook]:
    """Those that listen, by name, each with the number of events that wait (`waiting`)."""
    waiting = Count("deliveries", filter=Q(deliveries__state=State.WAITING))
    found: QuerySet[Webhook] = Webhook.objects.listening().annotate(waiting=waiting).order_by("name", "pk")
    return found


def shown_webhooks(agency: Agency, found: Iterable[Webhook]) -> list[ShownWebhook]:
    """Rows of the list."""
    return [shown(agency, webhook) for webhook in found]


def shown(agency: Agency, webhook: Webhook) -> ShownWebhook:
    state, tone = state_of(agency, webhook)
    count: int = webhook.waiting  # type: ignore[attr-defined]
    return ShownWebhook(
        id=webhook.pk,
        name=webhook.name,
        url=webhook.url,
        kinds="; ".join(kind_label(kind) for kind in webhook.kinds),
        state=state,
        tone=tone,
        waiting=ngettext("%(count)s waits", "%(count)s wait", count) % {"count": count} if count else "",
    )


def state_of(agency: Agency, webhook: Webhook) -> tuple[str, str]:
    """(words, tone): whether what happens arrives there."""
    if webhook.ended_at is not None:
        return _("Ended"), "none"
    if webhook.paused_at is not None:
        by_hand = webhook.paused_why == Webhook.Paused.BY_HAND
        return str(Webhook.Paused(webhook.paused_why).label), "none" if by_hand else "bad"
    if webhook.failing_since is not None:
        return _("Does not answer since %(when)s") % {"when": moment(agency, webhook.failing_since)}, "warn"
    return _("Works"), "done"


def facts(seat: Seat, webhook: Webhook) -> list[Fact]:
    """What is known of a webhook; what is not known is left out."""
    agency = seat.agency
    rests = webhook.resting_until if webhook.paused_at is None else None
    by = f"{isolated(seat.name_of(webhook.made_by))}, {moment(agency, webhook.made_at)}" if webhook.made_by else ""
    known = [
        (_("Address"), webhook.url),
        (_("What it is told"), "; ".join(kind_label(kind) for kind in webhook.kinds)),
        (_("Added"), by or moment(agency, webhook.made_at)),
        (_("Next attempt"), moment(agency, rests) if rests else ""),
        (_("Former secret signs until"), until(agency, webhook.former_until)),
    ]
    return [Fact(name, value) for name, value in known if value]


def until(agency: Agency, when: datetime | None) -> str:
    return moment(agency, when) if when else ""


def state_counts(webhook: Webhook) -> Counter[str]:
    """How many events of a webhook are in each state."""
    rows = WebhookDelivery.objects.filter(webhook=webhook).order_by().values_list("state").annotate(n=Count("pk"))
    return Counter(dict(rows))


def state_tabs(counts: Counter[str], current: str) -> list[Tab]:
    """Everything, then each state."""
    everything = Tab(_("All"), "?", not current, counts.total())
    return [everything, *(Tab(str(LABELS[each]), f"?state={each}", each == current, counts[each]) for each in State)]


def deliveries(webhook: Webhook, state: str) -> QuerySet[WebhookDelivery]:
    """Its events, the newest first; of one state, or all."""
    found: QuerySet[WebhookDelivery] = WebhookDelivery.objects.filter(webhook=webhook).select_related("event")
    return (found.filter(state=state) if state else found).order_by("-pk")


def shown_delivery(agency: Agency, webhook: Webhook, row: WebhookDelivery) -> ShownDelivery:
    """One row of a webhook's events."""
    state = State(row.state)
    return ShownDelivery(
        id=row.pk,
        number=f"evt_{row.event_id}",
        kind=_("Test") if row.event.kind == TEST else kind_label(row.event.kind),
        when=moment(agency, row.event.happened_at),
        state=str(LABELS[state]),
        tone=TONES[state],
        note=note(agency, row),
        body=row.event.body,
        may_go_again=state != State.WAITING and webhook.ended_at is None,
    )


def note(agency: Agency, row: WebhookDelivery) -> str:
    """Attempts and the last answer, in words."""
    if not row.attempts or row.tried_at is None:
        return row.said
    tries = ngettext("%(count)s attempt", "%(count)s attempts", row.attempts) % {"count": row.attempts}
    parts = [tries, moment(agency, row.tried_at)]
    if row.said or row.status:
        parts.append(row.said or _("answered %(status)s") % {"status": row.status})
    return ", ".join(parts)
