"""Telling webhooks of giving. Gifts of before the go-live date are history, also when they are entered after it."""

from collections.abc import Iterable

from agencies.models import Agency
from delivery.operations.events import announce
from partners.event_kinds import COMMITMENT_LATE, GIFT_POSTED, GIFT_REVERSED, PARTNER_CHANGED
from partners.models import Gift


def is_news(agency: Agency, gift: Gift) -> bool:
    """Whether a gift is of the time in which the agency works with the system."""
    return agency.live_on is not None and gift.date >= agency.live_on


def tell_posted(agency: Agency, gifts: Iterable[Gift]) -> None:
    """Gifts stand; or money went back, and then the gift is named from which it went."""
    news = [gift for gift in gifts if is_news(agency, gift)]
    announce(agency=agency, kind=GIFT_POSTED.name, ids=[gift.pk for gift in news if gift.reverses_id is None])
    announce(agency=agency, kind=GIFT_REVERSED.name, ids=[gift.reverses_id for gift in news if gift.reverses_id])


def tell_withdrawn(agency: Agency, gift: Gift) -> None:
    """A gift stands no more."""
    if is_news(agency, gift):
        announce(agency=agency, kind=GIFT_REVERSED.name, ids=[gift.pk])


def tell_changed(agency: Agency, partner_ids: Iterable[int]) -> None:
    """Partners are new, other than they were, merged or taken apart."""
    announce(agency=agency, kind=PARTNER_CHANGED.name, ids=partner_ids)


def tell_late(agency: Agency, commitment_ids: Iterable[int]) -> None:
    """Commitments are late."""
    announce(agency=agency, kind=COMMITMENT_LATE.name, ids=commitment_ids)
