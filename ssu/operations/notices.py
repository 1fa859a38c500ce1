"""Telling people what happened to an action item that concerns them. Units are called by their public name."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from delivery.operations import notify
from ssu.models import ActionItem
from ssu.queries.people import confirmers_of


def tell_confirmers(agency: Agency, actor: User, item: ActionItem) -> None:
    """An item waits: told to everybody else who may confirm it."""
    said = _("%(unit)s: item %(key)s is claimed and waits for confirmation.")
    tell(agency, list(confirmers_of(item.unit).exclude(pk=actor.pk)), item, "item_ready", said)


def tell_claimant(agency: Agency, actor: User, item: ActionItem, claimant: User | None) -> None:
    """What became of a claim: told to whoever made it, unless they did it themselves."""
    if claimant is None or claimant == actor:
        return
    if item.confirmed_by_id:
        tell(agency, [claimant], item, "item_confirmed", _("%(unit)s: item %(key)s, which you claimed, is confirmed."))
    else:
        said = _("%(unit)s: item %(key)s, which you claimed, is open again or waits for confirmation again.")
        tell(agency, [claimant], item, "item_reopened", said)


def tell(agency: Agency, users: list[User], item: ActionItem, kind: str, said: str) -> None:
    url = reverse("item", args=[agency.slug, item.unit_id, item.key])
    text = said % {"unit": item.unit.public_name, "key": item.key}
    notify(agency=agency, users=users, kind=kind, text=text, url=url)
